package dev.belay.versys.plan;

import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request being planned.
///
/// First the way as it is. Where there is none, or none to the newest release, the search is
/// repeated across one kind of obstacle after the other, mildest first: the first kind that opens a
/// way is the cause, and the obstacles on that way are the reasons.
final class Planning {
    private static final int[] RELAXATIONS = relaxations();

    private record Way(int start, int goal, List<Integer> path, ActiveStops stops) {}

    private final ChannelIndex index;
    private final PlanRequest request;
    private final Situation situation;
    private final int from;

    /// The first rank above the pin.
    private final int pinned;

    private @Nullable ActiveStops lastStops;

    /// What stood in the way in the last search that failed.
    private Obstructions met = Obstructions.NONE;

    Planning(ChannelIndex index, PlanRequest request) {
        this.index = index;
        this.request = request;
        this.situation = new Situation(index, request);
        this.from = index.ranks().rank(request.from());
        this.pinned =
                request.pin()
                        .map(text -> VersionRange.parse(text, index.channel().scheme()))
                        .map(index.ranks()::firstAbove)
                        .orElse(Integer.MAX_VALUE);
    }

    private static int[] relaxations() {
        int time = Obstacle.TIME.bit();
        int hold = time | Obstacle.HOLD.bit();
        int condition = hold | Obstacle.CONDITION.bit();
        return new int[] {time, hold, condition, condition | Obstacle.VENDOR.bit()};
    }

    PlanResult plan() {
        Optional<PlanResult> early = settledWithoutSearch();
        if (early.isPresent()) {
            return early.get();
        }
        return request.to().map(this::towards).orElseGet(this::newest);
    }

    private Optional<PlanResult> settledWithoutSearch() {
        if (isUnknown(request.from())) {
            return Optional.of(unknown("installed", request.from()));
        }
        if (request.to().isPresent() && isUnknown(request.to().get())) {
            return Optional.of(unknown("wanted", request.to().get()));
        }
        if (request.to().filter(request.from()::equals).isPresent()) {
            return Optional.of(new PlanResult.UpToDate(List.of(), standingRisks()));
        }
        Optional<Notice> halted = index.channel().rules().halted();
        if (halted.isPresent()) {
            return Optional.of(
                    new PlanResult.Blocked(
                            List.of(),
                            List.of(
                                    new Reason(
                                            "halted",
                                            Optional.empty(),
                                            "the vendor has halted all updates: "
                                                    + halted.get().message(),
                                            halted.get().url(),
                                            Optional.empty()))));
        }
        Release installed = situation.release(from);
        return installed
                .deadEnd()
                .map(why ->
                        new PlanResult.DeadEnd(
                                List.of(),
                                List.of(
                                        new Reason(
                                                "dead-end",
                                                Optional.of(installed.version()),
                                                installed.version()
                                                        + " is a dead end: "
                                                        + why.message(),
                                                why.url(),
                                                Optional.empty()))));
    }

    private boolean isUnknown(Version version) {
        int rank = index.ranks().rank(version);
        return rank < 0 || !situation.isListed(rank);
    }

    private PlanResult unknown(String which, Version version) {
        String channel = request.channel().orElse(index.channel().name());
        return new PlanResult.UnknownVersion(
                List.of(),
                List.of(
                        new Reason(
                                "unknown-version",
                                Optional.of(version),
                                "the "
                                        + which
                                        + " version "
                                        + version
                                        + " is not in channel "
                                        + channel,
                                Optional.empty(),
                                Optional.empty())));
    }

    /// Risks that the channel states for hosts as they are, such as a component lagging behind.
    private List<Reason> standingRisks() {
        List<Reason> reasons = new ArrayList<>();
        for (EdgeRule rule : index.channelConditions()) {
            IndexedRule indexed = new IndexedRule(rule, index.ranks());
            boolean speaks =
                    index.conditions(from).stream().anyMatch(each -> each.rule().equals(rule))
                            && situation.isAbout(indexed, from, from);
            if (speaks && !request.acceptedRisks().contains(rule.name())) {
                reasons.add(Obstacles.risk(rule, request.from()));
            }
        }
        return reasons;
    }

    private PlanResult towards(Version wanted) {
        int goal = index.ranks().rank(wanted);
        boolean pinned = isAbovePin(goal);
        @Nullable Way way = pinned ? null : wayTo(goal, 0);
        if (way != null) {
            return new PlanResult.UpgradePath(
                    hops(way, way.path(), "the requested release"), List.of());
        }
        if (pinned) {
            met = Obstructions.UNKNOWN;
        }
        for (int ignored : RELAXATIONS) {
            boolean held = pinned && (ignored & Obstacle.HOLD.bit()) == 0;
            @Nullable Way relaxed = held || !met.openAcross(ignored) ? null : wayTo(goal, ignored);
            if (relaxed != null) {
                return stopped(relaxed, List.of());
            }
        }
        return noPath(goal);
    }

    private PlanResult newest() {
        @Nullable Way open = newestWay(0, from, from);
        int reached = open == null ? from : open.goal();
        // What lies beyond the release reached is looked for from there, which is a short search;
        // only if nothing leads on from it, from the start.
        Obstructions first = met;
        for (int i = 0; i < RELAXATIONS.length * (open == null ? 1 : 2); i++) {
            int ignored = RELAXATIONS[i % RELAXATIONS.length];
            int start = i < RELAXATIONS.length ? reached : from;
            met = i == RELAXATIONS.length ? first : met;
            @Nullable Way relaxed =
                    met.openAcross(ignored) ? newestWay(ignored, reached, start) : null;
            if (relaxed != null) {
                return stopped(
                        relaxed,
                        open == null
                                ? List.of()
                                : hops(
                                        open,
                                        open.path(),
                                        "the newest release that can be reached now"));
            }
        }
        int best = index.ranks().count() - 1;
        while (best > reached && !isGoal(best)) {
            best--;
        }
        if (open == null) {
            return best > from ? noPath(best) : upToDate();
        }
        return best > reached
                ? new PlanResult.UpgradePath(
                        hops(open, open.path(), "the newest release that can be reached"),
                        noPath(best).reasons())
                : new PlanResult.UpgradePath(
                        hops(open, open.path(), "the newest release"), List.of());
    }

    private PlanResult upToDate() {
        Release installed = situation.release(from);
        List<Reason> reasons = new ArrayList<>();
        installed
                .withdrawn()
                .ifPresent(why ->
                        reasons.add(
                                new Reason(
                                        "withdrawn",
                                        Optional.of(installed.version()),
                                        installed.version()
                                                + " was withdrawn and nothing newer is"
                                                + " there yet: "
                                                + why.message(),
                                        why.url(),
                                        Optional.empty())));
        return new PlanResult.UpToDate(List.of(), reasons);
    }

    /// Whether a release may be what a host without a wish ends on.
    private boolean isGoal(int rank) {
        return index.isEverTarget(rank)
                && (situation.target(rank) & (Obstacle.VENDOR.bit() | Obstacle.NEVER.bit())) == 0;
    }

    private boolean isAbovePin(int rank) {
        return rank >= pinned;
    }

    /// The way to the newest release above a rank that can be reached across some obstacles.
    private @Nullable Way newestWay(int ignored, int above, int start) {
        @Nullable PathSearch search = null;
        @Nullable ActiveStops stops = null;
        met = Obstructions.NONE;
        for (int goal = index.ranks().count() - 1; goal > above; goal--) {
            if (!isGoal(goal)) {
                continue;
            }
            int held = isAbovePin(goal) ? Obstacle.HOLD.bit() : 0;
            int obstacles = (situation.target(goal) | held) & ~ignored;
            if (obstacles != 0) {
                met = met.with(obstacles);
                continue;
            }
            if (search == null || stops == null || stops.dependOnTarget()) {
                stops = stops(goal);
                search = new PathSearch(situation, stops, start, ignored);
            }
            @Nullable Way way = way(search, stops, start, goal, ignored);
            if (way != null) {
                return way;
            }
        }
        return null;
    }

    private @Nullable Way wayTo(int goal, int ignored) {
        ActiveStops stops = stops(goal);
        met = Obstructions.NONE;
        return way(new PathSearch(situation, stops, from, ignored), stops, from, goal, ignored);
    }

    private @Nullable Way way(
            PathSearch search, ActiveStops stops, int start, int goal, int ignored) {
        boolean newestFirst = request.policy() == PlanPolicy.NEWEST_FIRST;
        boolean reached = search.reaches(goal, newestFirst);
        met = met.and(search.met());
        if (!reached) {
            return null;
        }
        List<Integer> path = newestFirst ? search.newestFirst(goal) : List.of();
        if (path.isEmpty()) {
            path = search.path(goal);
        }
        path = StickySearch.keepTo(situation, stops, start, goal, ignored, path);
        if (path.isEmpty()) {
            met = Obstructions.UNKNOWN;
            return null;
        }
        return new Way(start, goal, path, stops);
    }

    private ActiveStops stops(int goal) {
        if (lastStops == null || lastStops.dependOnTarget()) {
            lastStops = new ActiveStops(situation, from, goal);
        }
        return lastStops;
    }

    private List<PlannedHop> hops(Way way, List<Integer> path, String purpose) {
        return new HopWords(situation, way.stops(), purpose).hops(way.start(), path);
    }

    /// A way that is open up to some obstacle.
    ///
    /// @param open where the host can go meanwhile; if empty, it goes as far as this way is open
    private PlanResult stopped(Way way, List<PlannedHop> open) {
        Obstacles obstacles = new Obstacles(situation);
        List<Reason> reasons = new ArrayList<>();
        Obstacle gravest = Obstacle.TIME;
        int free = -1;
        int origin = way.start();
        for (int i = 0; i < way.path().size(); i++) {
            for (Obstacles.Found found : obstacles.of(origin, way.path().get(i))) {
                reasons.add(found.reason());
                gravest = found.obstacle().compareTo(gravest) > 0 ? found.obstacle() : gravest;
                free = free < 0 ? i : free;
            }
            origin = way.path().get(i);
        }
        if (isAbovePin(way.goal())) {
            reasons.add(pinReason(way.goal()));
            gravest = gravest.compareTo(Obstacle.HOLD) < 0 ? Obstacle.HOLD : gravest;
            free = free < 0 ? way.path().size() - 1 : free;
        }
        if (!open.isEmpty()) {
            return new PlanResult.UpgradePath(open, reasons);
        }
        List<PlannedHop> hops = hops(way, way.path(), "").subList(0, Math.max(free, 0));
        return switch (gravest) {
            case TIME -> new PlanResult.WaitingForRollout(hops, reasons);
            case HOLD -> new PlanResult.Held(hops, reasons);
            case CONDITION, VENDOR, NEVER -> new PlanResult.Blocked(hops, reasons);
        };
    }

    private Reason pinReason(int goal) {
        Version version = situation.version(goal);
        return new Reason(
                "pin",
                Optional.of(version),
                version + " is above the pin " + request.pin().orElse(""),
                Optional.empty(),
                Optional.empty());
    }

    private PlanResult noPath(int goal) {
        Version version = situation.version(goal);
        if (goal < from && !request.allowDowngrade()) {
            Planning allowed =
                    new Planning(index, request.toBuilder().allowDowngrade(true).build());
            Reason reason =
                    new Reason(
                            "downgrade",
                            Optional.of(version),
                            version
                                    + " is older than "
                                    + request.from()
                                    + ", and downgrades were not allowed",
                            Optional.empty(),
                            Optional.empty());
            return allowed.wayTo(goal, 0) == null
                    ? new PlanResult.NoPath(List.of(), List.of(reason))
                    : new PlanResult.Blocked(List.of(), List.of(reason));
        }
        List<Reason> reasons = new ArrayList<>();
        ActiveStops stops = stops(goal);
        int stop = stops.lowestOrigin(goal);
        if (goal > from && stop > from && stop < goal) {
            reasons.add(
                    new Reason(
                            "stop",
                            Optional.of(situation.version(stop)),
                            situation.version(stop) + " is a required stop before " + version,
                            Optional.empty(),
                            Optional.empty()));
        }
        reasons.add(
                new Reason(
                        "no-path",
                        Optional.of(version),
                        "no moves lead from "
                                + request.from()
                                + " to "
                                + version
                                + situation
                                        .release(goal)
                                        .from()
                                        .map(range -> ", which accepts " + range)
                                        .orElse(""),
                        Optional.empty(),
                        Optional.empty()));
        return new PlanResult.NoPath(List.of(), reasons);
    }
}
