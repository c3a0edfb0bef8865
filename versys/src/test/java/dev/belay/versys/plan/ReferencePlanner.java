package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Move;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.OfferRule;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.graph.SeriesRule;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.graph.StopScope;
import dev.belay.versys.graph.Truth;
import dev.belay.versys.graph.UnlistedRule;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The planner as plainly as it can be written: it tries every path without repetition and asks the
/// document about every move. Slow, shares no code with the search, and says only the outcome and
/// the hops.
final class ReferencePlanner {
    /// The outcome and the versions of the hops.
    record Answer(String outcome, List<String> hops) {}

    private static final int TIME = 1;
    private static final int HOLD = 2;
    private static final int CONDITION = 4;
    private static final int VENDOR = 8;
    private static final int NEVER = 16;

    private final Channel channel;
    private final PlanRequest request;
    private final List<Release> ascending;
    private final @Nullable Release from;
    private List<Release> best = List.of();

    ReferencePlanner(Channel channel, PlanRequest request) {
        this.channel = entered(channel, request.from());
        this.request = request;
        ascending = new ArrayList<>(this.channel.releases());
        ascending.sort(Comparator.comparing(release -> key(release)));
        from = this.channel.release(request.from()).orElse(null);
    }

    /// A version that is not listed is one that nobody is led to, if any rule lets it in.
    private static Channel entered(Channel channel, Version installed) {
        if (channel.release(installed).isEmpty()) {
            for (UnlistedRule rule : channel.rules().unlisted()) {
                if (VersionRange.parse(rule.versions(), channel.scheme()).matches(installed)) {
                    List<Release> more = new ArrayList<>(channel.releases());
                    more.add(
                            new ReleaseBuilder(installed)
                                    .withdrawn(Notice.of("unlisted"))
                                    .to(rule.to())
                                    .build());
                    return channel.withReleases(more);
                }
            }
        }
        return channel;
    }

    /// The lowest release that any alternative may allow, up to the first that surely fits.
    private Optional<Release> offered() {
        List<Release> heads = new ArrayList<>();
        for (OfferRule offer : channel.rules().offers()) {
            boolean surely = true;
            boolean maybe = offer.origins().isAll();
            maybe |= offer.origins().versions().contains(from.version());
            maybe |= offer.origins().range().filter(range -> restricts(range, from)).isPresent();
            if (!offer.platforms().isEmpty()) {
                surely = request.platform().isPresent();
                maybe &= !surely || offer.platforms().contains(request.platform().get());
            }
            Truth told = offer.when().test(move(from, from));
            if (maybe && told != Truth.NO) {
                heads.add(channel.release(offer.head()).orElseThrow());
                if (surely && told == Truth.YES) {
                    break;
                }
            }
        }
        return heads.stream().min(Comparator.comparingInt(this::rank));
    }

    Answer answer() {
        if (from == null) {
            return new Answer("unknown-version", List.of());
        }
        if (request.to().filter(request.from()::equals).isPresent()) {
            return new Answer("up-to-date", List.of());
        }
        if (from.passage().deadEnd().isPresent()) {
            return new Answer("dead-end", List.of());
        }
        return request.to().isPresent()
                ? towards(channel.release(request.to().get()).orElseThrow())
                : newest();
    }

    private Answer towards(Release goal) {
        for (int ignored :
                new int[] {
                    0, TIME, TIME | HOLD, TIME | HOLD | CONDITION, TIME | HOLD | CONDITION | VENDOR
                }) {
            if (find(goal, ignored)) {
                return new Answer(outcome(ignored), versions(free(best)));
            }
        }
        if (rank(goal) < rank(from) && !request.allowDowngrade()) {
            PlanRequest allowed = request.toBuilder().allowDowngrade(true).build();
            boolean found = new ReferencePlanner(channel, allowed).find(goal, 0);
            return new Answer(found ? "blocked" : "no-path", List.of());
        }
        return new Answer("no-path", List.of());
    }

    private static String outcome(int ignored) {
        return switch (Integer.highestOneBit(ignored)) {
            case 0 -> "path";
            case TIME -> "waiting-for-rollout";
            case HOLD -> "held";
            default -> "blocked";
        };
    }

    private Answer newest() {
        for (int ignored :
                new int[] {
                    0, TIME, TIME | HOLD, TIME | HOLD | CONDITION, TIME | HOLD | CONDITION | VENDOR
                }) {
            for (Release goal : ascending.reversed()) {
                if (rank(goal) > rank(from) && isGoal(goal) && find(goal, ignored)) {
                    return new Answer(outcome(ignored), versions(free(best)));
                }
            }
        }
        boolean newer =
                ascending.stream().anyMatch(goal -> rank(goal) > rank(from) && isGoal(goal));
        return new Answer(newer ? "no-path" : "up-to-date", List.of());
    }

    private boolean isGoal(Release goal) {
        boolean accepted = acceptance(goal).filter(range -> !range.equals("none")).isPresent();
        boolean listed =
                !goal.edges().previous().isEmpty()
                        || ascending.stream()
                                .anyMatch(each -> each.edges().next().contains(goal.version()));
        return (accepted || listed) && (landing(goal) & VENDOR) == 0;
    }

    private boolean abovePin(Release goal) {
        return request.pin().isPresent()
                && VersionRange.parse(request.pin().get(), channel.scheme()).isBelow(key(goal));
    }

    /// As far as a host can go now.
    private List<Release> free(List<Release> path) {
        Release at = from;
        for (int i = 0; i < path.size(); i++) {
            if ((landing(path.get(i)) | moving(at, path.get(i))) != 0) {
                return path.subList(0, i);
            }
            at = path.get(i);
        }
        return path;
    }

    private static List<String> versions(List<Release> path) {
        return path.stream().map(release -> release.version().text()).toList();
    }

    private VersionKey key(Release release) {
        return channel.scheme().key(release.version());
    }

    private int rank(Release release) {
        return ascending.indexOf(release);
    }

    private boolean find(Release goal, int ignored) {
        best = List.of();
        extend(new ArrayList<>(List.of(from)), goal, ignored);
        return !best.isEmpty();
    }

    private void extend(List<Release> path, Release goal, int ignored) {
        Release last = path.getLast();
        if (last == goal) {
            List<Release> hops = path.subList(1, path.size());
            if (best.isEmpty() || isBetter(hops, best)) {
                best = List.copyOf(hops);
            }
            return;
        }
        for (Release next : ascending) {
            if (!path.contains(next) && isLegal(path, next, goal, ignored)) {
                path.add(next);
                extend(path, goal, ignored);
                path.removeLast();
            }
        }
    }

    private boolean isBetter(List<Release> left, List<Release> right) {
        Comparator<List<Release>> cost = Comparator.comparingLong(this::cost);
        if (request.policy() == PlanPolicy.NEWEST_FIRST) {
            cost = Comparator.comparing(hops -> !isUpwards(hops));
            if (isUpwards(left) && isUpwards(right)) {
                return newestFirst(left, right);
            }
        }
        int order = cost.thenComparingInt(List::size).compare(left, right);
        return order != 0 ? order < 0 : newestFirst(left, right);
    }

    private boolean isUpwards(List<Release> hops) {
        int at = rank(from);
        for (Release hop : hops) {
            if (rank(hop) < at) {
                return false;
            }
            at = rank(hop);
        }
        return true;
    }

    private boolean newestFirst(List<Release> left, List<Release> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = Integer.compare(rank(left.get(i)), rank(right.get(i)));
            if (order != 0) {
                return order > 0;
            }
        }
        return false;
    }

    private long cost(List<Release> hops) {
        return switch (request.policy()) {
            case LEAST_DOWNLOAD ->
                    hops.stream()
                            .mapToLong(hop ->
                                    request.platform()
                                            .flatMap(hop::artifact)
                                            .or(() ->
                                                    hop.availability().platforms().values().stream()
                                                            .findFirst())
                                            .map(artifact -> artifact.length())
                                            .orElse(0L))
                            .sum();
            case LEAST_DOWNTIME ->
                    hops.stream()
                            .mapToLong(hop ->
                                    hop.about().downtime().map(d -> d.toSeconds()).orElse(60L))
                            .sum();
            case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> 0;
        };
    }

    private boolean isLegal(List<Release> path, Release target, Release goal, int ignored) {
        Release origin = path.getLast();
        return hasEdge(origin, target)
                && !jumpsOverStop(path, target, goal)
                && ((landing(target) | moving(origin, target)) & ~ignored) == 0;
    }

    private Optional<String> acceptance(Release target) {
        if (target.edges().from().isPresent()) {
            return target.edges().from();
        }
        return rule(target, true)
                .map(SeriesRule::range)
                .or(() -> Optional.of(channel.rules().from()));
    }

    private Optional<SeriesRule> rule(Release release, boolean ofTargets) {
        List<SeriesRule> rules =
                channel.rules().series().stream().filter(r -> r.ofTargets() == ofTargets).toList();
        Predicate<SeriesRule> exact = rule -> rule.selector().equals(release.version().text());
        return rules.stream()
                .filter(exact)
                .findFirst()
                .or(() ->
                        rules.stream()
                                .filter(rule -> !isExact(rule) && in(rule.selector(), release))
                                .findFirst());
    }

    private boolean isExact(SeriesRule rule) {
        return channel.releases().stream()
                .anyMatch(r -> r.version().text().equals(rule.selector()));
    }

    private boolean in(String range, Release release) {
        return VersionRange.parse(range, channel.scheme()).matches(release.version());
    }

    /// A restriction speaks of pre-releases too, unless it says otherwise.
    private boolean restricts(String range, Release release) {
        return in(range.contains(";") ? range : range + " ;pre-release=include", release);
    }

    private boolean hasEdge(Release origin, Release target) {
        if (target.edges().previous().contains(origin.version())
                || origin.edges().next().contains(target.version())) {
            return true;
        }
        boolean downgrade =
                target.edges().downgrade()
                        || (target.edges().from().isEmpty()
                                && rule(target, true).map(SeriesRule::downgrade).orElse(false));
        if (rank(origin) > rank(target) && !downgrade) {
            return false;
        }
        String accepted = acceptance(target).orElseThrow();
        boolean accepts =
                switch (accepted) {
                    case "none" -> false;
                    case "older" ->
                            key(origin).compareTo(key(target)) < 0 || rank(origin) > rank(target);
                    default -> in(accepted, origin);
                };
        Optional<String> allowed =
                origin.edges().to().or(() -> rule(origin, false).map(SeriesRule::range));
        return accepts && allowed.map(range -> in(range, target)).orElse(true);
    }

    private int landing(Release target) {
        int found = 0;
        if (target.availability().withdrawn().isPresent() || !serves(target)) {
            found |= VENDOR;
        }
        Optional<Version> head = channel.rules().head(request.platform().orElse("any"));
        if (head.isPresent() && rank(target) > rank(channel.release(head.get()).orElseThrow())) {
            found |= VENDOR;
        }
        if (offered().filter(newest -> rank(target) > rank(newest)).isPresent()) {
            found |= VENDOR;
        }
        if (channel.rules().floor().isPresent()
                && key(target).compareTo(channel.scheme().key(channel.rules().floor().get())) < 0) {
            found |= VENDOR;
        }
        if (target.availability().rollout().isPresent()
                && request.wariness()
                        > target.availability().rollout().get().share(request.now())) {
            found |= TIME;
        }
        if (target.availability().notBefore().isPresent()
                && target.availability().notBefore().get().isAfter(request.now())) {
            found |= TIME;
        }
        if (request.rejected().contains(target.version()) || abovePin(target)) {
            found |= HOLD;
        }
        boolean met =
                target.availability().requires().entrySet().stream()
                        .allMatch(e ->
                                e.getValue().test(e.getKey(), move(target, target)) == Truth.YES);
        return met ? found : found | CONDITION;
    }

    private boolean serves(Release release) {
        return request.platform().isEmpty() || release.serves(request.platform().get());
    }

    private Move move(Release origin, Release target) {
        return new Move(
                origin.version(), key(origin), target.version(), key(target), request.facts());
    }

    private int moving(Release origin, Release target) {
        int found = 0;
        if (rank(origin) > rank(target) && !request.allowDowngrade()) {
            found |= NEVER;
        }
        if (origin.passage().deadEnd().isPresent()) {
            found |= VENDOR;
        }
        if (channel.rules().releasedLater()
                && !origin.about().date().isBefore(target.about().date())) {
            found |= VENDOR;
        }
        boolean closed =
                channel.rules().rollouts().stream()
                        .filter(rule -> applies(rule, origin, target))
                        .anyMatch(rule ->
                                request.wariness()
                                        > rule.rollout().orElseThrow().share(request.now()));
        if (closed) {
            found |= TIME;
        }
        if (channel.rules().blocked().stream().anyMatch(rule -> applies(rule, origin, target))) {
            found |= VENDOR;
        }
        boolean risky =
                channel.rules().conditions().stream()
                                .anyMatch(rule -> !accepted(rule) && applies(rule, origin, target))
                        || target.passage().conditions().stream()
                                .anyMatch(rule -> !accepted(rule) && speaks(rule, origin, target));
        return risky ? found | CONDITION : found;
    }

    private boolean accepted(EdgeRule risk) {
        return request.acceptedRisks().contains(risk.name());
    }

    private boolean applies(EdgeRule rule, Release origin, Release target) {
        boolean about =
                rule.target().isEmpty() && rule.targets().isEmpty()
                        || rule.target().filter(target.version()::equals).isPresent()
                        || rule.targets().filter(range -> restricts(range, target)).isPresent();
        return about && speaks(rule, origin, target);
    }

    private boolean speaks(EdgeRule rule, Release origin, Release target) {
        boolean platform =
                rule.platforms().isEmpty()
                        || request.platform().isEmpty()
                        || rule.platforms().contains(request.platform().get());
        boolean about =
                rule.origins().isAll()
                        || rule.origins()
                                .range()
                                .filter(range -> restricts(range, origin))
                                .isPresent()
                        || rule.origins().versions().contains(origin.version())
                        || rule.origins()
                                .pattern()
                                .filter(p -> p.find(origin.version().text()))
                                .isPresent();
        return platform && about && rule.when().test(move(origin, target)) != Truth.NO;
    }

    /// A move upwards jumps over a stop that lies between and binds the path so far.
    private boolean jumpsOverStop(List<Release> path, Release target, Release goal) {
        int low = rank(path.getLast());
        int high = rank(target);
        List<StopRule> rules = new ArrayList<>(channel.rules().stops());
        for (Release release : channel.releases()) {
            StopRule.Place here = new StopRule.Exactly(release.version());
            release.passage()
                    .requiredStop()
                    .ifPresent(scope -> rules.add(new StopRule(here, scope)));
        }
        for (StopRule rule : rules) {
            StopScope scope = rule.scope();
            boolean holds =
                    scope.targets().map(range -> restricts(range, goal)).orElse(true)
                            && (scope.platforms().isEmpty()
                                    || request.platform().isEmpty()
                                    || scope.platforms().contains(request.platform().get()))
                            && scope.when().test(move(from, goal)) != Truth.NO
                            && scope.origins()
                                    .map(range ->
                                            path.stream().anyMatch(each -> restricts(range, each)))
                                    .orElse(true);
            if (holds) {
                for (Release stop : landings(rule)) {
                    if (low < rank(stop) && rank(stop) < high) {
                        return true;
                    }
                }
            }
        }
        if (request.policy() == PlanPolicy.EVERY_MINOR) {
            for (Release stop : lastOfEach(2, release -> true)) {
                if (low < rank(stop) && rank(stop) < high) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Release> landings(StopRule rule) {
        return switch (rule.where()) {
            case StopRule.Exactly(Version version) ->
                    channel
                            .release(version)
                            .filter(r -> r.availability().withdrawn().isEmpty())
                            .stream()
                            .toList();
            case StopRule.LastIn(String range) ->
                    last(ascending.stream().filter(r -> restricts(range, r)).toList());
            case StopRule.LastOfEach(int depth, Optional<String> within, var numbers) ->
                    lastOfEach(
                            depth,
                            release ->
                                    within.map(range -> restricts(range, release)).orElse(true)
                                            && (numbers.isEmpty()
                                                    || numbers.stream()
                                                            .map(BigInteger::valueOf)
                                                            .anyMatch(
                                                                    key(release).number(depth - 1)
                                                                            ::equals)));
        };
    }

    private List<Release> lastOfEach(int depth, Predicate<Release> member) {
        List<Release> stops = new ArrayList<>();
        for (Release first : ascending) {
            List<Release> series =
                    ascending.stream()
                            .filter(member)
                            .filter(each -> sameSeries(first, each, depth))
                            .toList();
            stops.addAll(last(series));
        }
        return stops.stream().distinct().toList();
    }

    private boolean sameSeries(Release left, Release right, int depth) {
        boolean same = key(left).number(0).equals(key(right).number(0));
        return depth == 1 ? same : same && key(left).number(1).equals(key(right).number(1));
    }

    private List<Release> last(List<Release> series) {
        List<Release> landable =
                series.stream()
                        .filter(r -> r.availability().withdrawn().isEmpty() && serves(r))
                        .filter(this::hasOlderOrigin)
                        .toList();
        List<Release> finished = landable.stream().filter(r -> !key(r).isPreRelease()).toList();
        List<Release> chosen = finished.isEmpty() ? landable : finished;
        return chosen.isEmpty() ? List.of() : List.of(chosen.getLast());
    }

    private boolean hasOlderOrigin(Release target) {
        return ascending.stream()
                .anyMatch(origin -> rank(origin) < rank(target) && hasEdge(origin, target));
    }
}
