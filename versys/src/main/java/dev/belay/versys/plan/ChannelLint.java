package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.Ranks;
import dev.belay.versys.plan.index.StopIndex;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks for mistakes in a channel document before it is published. Pure.
///
/// Hosts are taken to wait for rollouts, accept every risk and meet every requirement: what is
/// found is wrong for all of them.
public final class ChannelLint {
    private static final int PASSING =
            Obstacle.TIME.bit() | Obstacle.HOLD.bit() | Obstacle.CONDITION.bit();
    private static final int MOST_CYCLES = 20;
    private static final int FEWEST_IN_A_TANGLE = 8;
    private static final int TANGLES_LOOKED_FOR = 50;

    private final ChannelIndex index;
    private final Ranks ranks;
    private final List<Finding> findings = new ArrayList<>();

    /// The newest release that each stranded one can move to, or -1, on the platform at hand.
    private final Map<Integer, Integer> moves = new HashMap<>();

    private ChannelLint(Channel channel) {
        index = new ChannelIndex(forEveryHost(channel));
        ranks = index.ranks();
    }

    /// Without the blocks that only some hosts meet.
    private static Channel forEveryHost(Channel channel) {
        return channel.withBlocked(
                channel.rules().blocked().stream()
                        .filter(block ->
                                block.when().tests().keySet().stream()
                                        .allMatch(fact -> fact.startsWith("$")))
                        .toList());
    }

    /// All findings, errors first.
    public static List<Finding> check(Channel channel) {
        return check(channel, Set.of());
    }

    /// As above, and finds releases that only a rejected release can leave.
    ///
    /// @param rejected releases that hosts report as failing
    public static List<Finding> check(Channel channel, Set<Version> rejected) {
        ChannelLint lint = new ChannelLint(channel);
        if (lint.ranks.count() > 0) {
            lint.reach(rejected);
            lint.stops();
            lint.targets();
            lint.cycles();
            lint.tangles();
            lint.findings.addAll(RuleLint.check(lint.index));
        }
        return lint.findings.stream()
                .distinct()
                .sorted((left, right) -> Boolean.compare(right.error(), left.error()))
                .toList();
    }

    private PlanRequest request(int from, Optional<String> platform, boolean downgrade) {
        PlanRequest.Builder request =
                PlanRequest.builder(ranks.release(from).version(), Instant.EPOCH)
                        .allowDowngrade(downgrade);
        platform.ifPresent(request::platform);
        return request.build();
    }

    /// Who cannot reach the newest release, for each platform.
    private void reach(Set<Version> rejected) {
        Set<String> platforms = new TreeSet<>();
        index.channel()
                .releases()
                .forEach(each -> platforms.addAll(each.availability().platforms().keySet()));
        platforms.remove(Release.ANY_PLATFORM);
        if (platforms.isEmpty()) {
            reach(Optional.empty(), rejected);
        }
        platforms.forEach(platform -> reach(Optional.of(platform), rejected));
    }

    private void reach(Optional<String> platform, Set<Version> rejected) {
        moves.clear();
        Situation situation = new Situation(index, request(0, platform, false));
        int newest = ranks.count() - 1;
        while (newest >= 0
                && (!index.isEverTarget(newest)
                        || (situation.target(newest) & ~PASSING) != 0
                        || isBlockedForAll(situation, newest))) {
            newest--;
        }
        if (newest < 0) {
            return;
        }
        Set<Integer> reaching = reaching(situation, newest);
        Set<Integer> without = reaching;
        if (!rejected.isEmpty()) {
            PlanRequest.Builder wary = situation.request().toBuilder();
            rejected.forEach(wary::reject);
            Situation careful = new Situation(index, wary.build());
            without = reaching(careful, newest, PASSING & ~Obstacle.HOLD.bit());
        }
        String words = platform.map(name -> " on " + name).orElse("");
        for (int rank = 0; rank < newest; rank++) {
            Release release = ranks.release(rank);
            if (release.passage().deadEnd().isPresent() || !situation.serves(rank)) {
                continue;
            }
            if (!reaching.contains(rank)) {
                stranded(situation, rank, newest, words);
            } else if (!without.contains(rank)) {
                findings.add(
                        Finding.shared(
                                "only-by-rejected",
                                release.version(),
                                "left only by way of rejected releases" + words));
            }
        }
    }

    private void stranded(Situation situation, int rank, int newest, String words) {
        String goal = ranks.release(newest).version() + words;
        int end = end(situation, rank);
        if (end == rank) {
            error(
                    "second-head",
                    rank,
                    ranks.release(rank).version()
                            + " cannot reach "
                            + goal
                            + " and nothing leads away from it: give it a way or a dead-end with a"
                            + " reason");
            return;
        }
        findings.add(
                Finding.shared(
                        "stranded",
                        ranks.release(rank).version(),
                        "stranded behind "
                                + ranks.release(end).version()
                                + ", "
                                + what(end)
                                + ", and cannot reach "
                                + goal));
    }

    /// Where the newest way ends that a host can take from a release that is stranded.
    private int end(Situation situation, int rank) {
        int at = rank;
        int next = moves.computeIfAbsent(at, origin -> newestMove(situation, origin));
        while (next >= 0) {
            at = next;
            next = moves.computeIfAbsent(at, origin -> newestMove(situation, origin));
        }
        return at;
    }

    private int newestMove(Situation situation, int origin) {
        ActiveStops stops = new ActiveStops(situation, origin, ranks.count() - 1);
        int highest = Math.max(index.highestTarget(origin), origin);
        for (int target = highest; target > origin; target--) {
            if (isMove(situation, stops, origin, target)) {
                return target;
            }
        }
        return -1;
    }

    private String what(int end) {
        Release.Passage passage = ranks.release(end).passage();
        String stop = passage.requiredStop().isPresent() ? "a required stop and " : "";
        return "which is "
                + stop
                + (passage.deadEnd().isPresent() ? "a dead end" : "left by nothing");
    }

    private Set<Integer> reaching(Situation situation, int goal) {
        return reaching(situation, goal, PASSING);
    }

    private Set<Integer> reaching(Situation situation, int goal, int ignored) {
        ActiveStops stops = new ActiveStops(situation, goal, goal);
        PathSearch search =
                new PathSearch(
                        situation,
                        stops,
                        0,
                        goal,
                        ignored,
                        index.everyRelease().copy(),
                        PlanPolicy.NEWEST_FIRST);
        Set<Integer> reaching = new TreeSet<>();
        for (int rank = 0; rank < ranks.count(); rank++) {
            if (search.isSettled(rank)) {
                reaching.add(rank);
            }
        }
        return reaching;
    }

    private boolean isMove(Situation situation, ActiveStops stops, int origin, int target) {
        return index.hasEdge(origin, target)
                && !stops.isCrossed(origin, target)
                && ((situation.target(target) | situation.edge(origin, target)) & ~PASSING) == 0;
    }

    /// Whether the vendor blocks every move there is to a release: it is taken back for now, and
    /// hosts are not expected to get there.
    private boolean isBlockedForAll(Situation situation, int target) {
        boolean blocked = false;
        for (int origin = 0; origin < target; origin++) {
            if (index.hasEdge(origin, target)) {
                blocked = true;
                if (!situation.isBlocked(origin, target)) {
                    return false;
                }
            }
        }
        return blocked;
    }

    private Situation everyHost() {
        return new Situation(index, request(0, Optional.empty(), false));
    }

    /// Stops that are not there, and stops that no older release can land on.
    private void stops() {
        for (StopIndex.IndexedStop stop : index.stops().stops()) {
            if (stop.rule().where() instanceof StopRule.Exactly(Version version)) {
                int rank = ranks.rank(version);
                if (rank < 0) {
                    findings.add(
                            new Finding(
                                    true,
                                    "deleted-stop",
                                    Optional.of(version),
                                    "the stop "
                                            + version
                                            + " is not among the releases, so"
                                            + " every way ends before it"));
                } else if (rank > 0 && !isLanded(rank) && !isBlockedForAll(everyHost(), rank)) {
                    error(
                            "stop-blocks-itself",
                            rank,
                            version + " is a stop that no older release can land on");
                }
            }
        }
    }

    private boolean isLanded(int target) {
        Situation situation = everyHost();
        ActiveStops stops = new ActiveStops(situation, target, target);
        for (int origin = target - 1; origin >= 0; origin--) {
            if (isMove(situation, stops, origin, target)) {
                return true;
            }
        }
        return ranks.release(target).availability().withdrawn().isPresent();
    }

    private void targets() {
        for (int rank = 1; rank < ranks.count(); rank++) {
            Release release = ranks.release(rank);
            boolean meant =
                    release.edges().from().filter(range -> !range.equals("none")).isPresent()
                            || !release.edges().previous().isEmpty();
            if (meant
                    && release.availability().withdrawn().isEmpty()
                    && release.passage().requiredStop().isEmpty()
                    && !isLanded(rank)) {
                warn("unreachable", rank, "no older release can go to " + release.version());
            }
        }
    }

    private void cycles() {
        int found = 0;
        for (int target = 0; target < ranks.count() && found < MOST_CYCLES; target++) {
            for (int origin : index.explicitOrigins(target)) {
                if (origin > target && leadsTo(target, origin)) {
                    found++;
                    warn(
                            "cycle",
                            target,
                            "a circle: "
                                    + ranks.release(origin).version()
                                    + " leads back to "
                                    + ranks.release(target).version());
                }
            }
        }
    }

    /// Whether stops that depend on origins leave more ways open than a host looks at.
    private void tangles() {
        long depending =
                index.stops().stops().stream().filter(stop -> stop.origins() != null).count();
        int step = Math.max(1, ranks.count() / TANGLES_LOOKED_FOR);
        for (int rank = 0; depending >= FEWEST_IN_A_TANGLE && rank < ranks.count(); rank += step) {
            Planning planning = new Planning(index, request(rank, Optional.empty(), false));
            planning.plan();
            if (planning.gaveUp()) {
                error(
                        "tangled-stops",
                        rank,
                        "from "
                                + ranks.release(rank).version()
                                + " on, stops that depend on origins leave too many ways open: hosts"
                                + " are led over every one of them");
                return;
            }
        }
    }

    private boolean leadsTo(int from, int goal) {
        Situation situation = new Situation(index, request(from, Optional.empty(), true));
        ActiveStops stops = new ActiveStops(situation, from, goal);
        return new PathSearch(
                        situation,
                        stops,
                        from,
                        goal,
                        PASSING,
                        index.everyRelease().copy(),
                        PlanPolicy.FEWEST_HOPS)
                .isReached();
    }

    private void error(String kind, int rank, String message) {
        findings.add(new Finding(true, kind, Optional.of(ranks.release(rank).version()), message));
    }

    private void warn(String kind, int rank, String message) {
        findings.add(new Finding(false, kind, Optional.of(ranks.release(rank).version()), message));
    }
}
