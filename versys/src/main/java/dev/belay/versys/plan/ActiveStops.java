package dev.belay.versys.plan;

import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.graph.StopScope;
import dev.belay.versys.graph.Truth;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.RankSet;
import dev.belay.versys.plan.index.StopIndex.IndexedStop;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The stops that hold for one request on the way to one goal.
///
/// A move upwards from `origin` to `target` jumps over a stop if the stop lies strictly between.
final class ActiveStops {
    /// A stop that holds once the path has touched one of its origins.
    ///
    /// @param origin the lowest rank from which a move over it is none (its own)
    /// @param firstTarget the lowest rank that lies beyond it
    record Sticky(int origin, int firstTarget, RankSet origins, StopRule rule) {
        boolean isCrossed(int from, int to) {
            return from < origin && to >= firstTarget;
        }
    }

    private final int[] lowestOrigin;
    private final int[] clearOfSticky;
    private final List<Sticky> sticky = new ArrayList<>();
    private final Sticky[] ascending;
    private final NavigableMap<Integer, StopRule> landings = new TreeMap<>();

    /// Stops that are not listed, by the first rank above them.
    private final NavigableMap<Integer, Version> missing = new TreeMap<>();

    /// What every way upwards lands on that leads beyond it.
    private final BitSet landedOn = new BitSet();

    private final boolean allBind;
    private final boolean mayGoDown;

    ActiveStops(Situation situation, int from, int goal) {
        this(situation, from, holding(situation, from, goal));
    }

    /// @param holding the stops of the channel that hold, by their place in its list
    ActiveStops(Situation situation, int from, BitSet holding) {
        this(situation, from, holding, false);
    }

    /// The same, and a stop that depends on what a path has touched holds in any case: longer ways
    /// than needed, but found at once.
    static ActiveStops binding(Situation situation, int from, BitSet holding) {
        return new ActiveStops(situation, from, holding, true);
    }

    private ActiveStops(Situation situation, int from, BitSet holding, boolean allBind) {
        this.allBind = allBind;
        ChannelIndex index = situation.index();
        mayGoDown = situation.request().allowDowngrade();
        lowestOrigin = new int[index.ranks().count() + 1];
        clearOfSticky = new int[lowestOrigin.length];
        holding.stream().forEach(place -> add(situation, index.stops().stops().get(place), from));
        if (situation.request().policy() == PlanPolicy.EVERY_MINOR) {
            add(situation, index.stops().everyMinor(), from);
        }
        if (!mayGoDown) {
            bindThroughOthers(from);
        }
        for (Sticky stop : sticky) {
            int bound = Math.min(stop.origin(), stop.origins().end());
            clearOfSticky[stop.firstTarget()] = Math.max(clearOfSticky[stop.firstTarget()], bound);
        }
        for (int target = 1; target < lowestOrigin.length; target++) {
            lowestOrigin[target] = Math.max(lowestOrigin[target], lowestOrigin[target - 1]);
            clearOfSticky[target] = Math.max(clearOfSticky[target], clearOfSticky[target - 1]);
        }
        ascending =
                sticky.stream()
                        .sorted(
                                Comparator.comparingInt(Sticky::origin)
                                        .thenComparingInt(Sticky::firstTarget))
                        .toArray(Sticky[]::new);
    }

    /// Which stops of the channel hold on the way from one release to another.
    static BitSet holding(Situation situation, int from, int goal) {
        List<IndexedStop> stops = situation.index().stops().stops();
        BitSet holding = new BitSet(stops.size());
        for (int place = 0; place < stops.size(); place++) {
            holding.set(place, holds(situation, place, from, goal));
        }
        return holding;
    }

    static boolean holds(Situation situation, int place, int from, int goal) {
        StopScope scope = situation.index().stops().stops().get(place).rule().scope();
        boolean platform =
                scope.platforms().isEmpty()
                        || situation
                                .request()
                                .platform()
                                .map(scope.platforms()::contains)
                                .orElse(true);
        return platform
                && (scope.targets().isEmpty()
                        || situation
                                .index()
                                .ranks()
                                .restrictingSet(scope.targets().get())
                                .contains(goal))
                && (scope.when().isAlways()
                        || scope.when().test(situation.move(from, goal)) != Truth.NO);
    }

    private void add(Situation situation, IndexedStop stop, int from) {
        if (stop.wall() >= 0) {
            boolean holds = add(stop, stop.wall(), stop.wall(), from);
            if (holds && stop.rule().where() instanceof StopRule.Exactly(Version version)) {
                missing.putIfAbsent(stop.wall(), version);
            }
        }
        for (int[] members : stop.series()) {
            int landing = landing(situation, stop.rule(), members);
            if (landing >= 0) {
                landings.putIfAbsent(landing, stop.rule());
                landedOn.set(
                        landing, add(stop, landing, landing + 1, from) || landedOn.get(landing));
            }
        }
    }

    /// @return whether it holds, whatever a path has touched
    private boolean add(IndexedStop stop, int origin, int firstTarget, int from) {
        RankSet origins = stop.origins();
        if (origins == null || allBind || origins.contains(from)) {
            lowestOrigin[firstTarget] = Math.max(lowestOrigin[firstTarget], origin);
            return true;
        }
        if (mayGoDown || (firstTarget > from && origins.end() > from)) {
            sticky.add(new Sticky(origin, firstTarget, origins, stop.rule()));
        }
        return false;
    }

    /// A stop that binds whoever has touched a release that nobody can pass by binds everybody, and
    /// may be such a release itself.
    private void bindThroughOthers(int from) {
        sticky.sort(Comparator.comparingInt(Sticky::origin));
        for (Iterator<Sticky> each = sticky.iterator(); each.hasNext(); ) {
            Sticky stop = each.next();
            if (touches(stop, from)) {
                lowestOrigin[stop.firstTarget()] =
                        Math.max(lowestOrigin[stop.firstTarget()], stop.origin());
                landedOn.set(stop.origin(), stop.firstTarget() > stop.origin());
                each.remove();
            }
        }
    }

    private boolean touches(Sticky stop, int from) {
        for (int rank = landedOn.nextSetBit(from + 1);
                rank >= 0 && rank < stop.origin();
                rank = landedOn.nextSetBit(rank + 1)) {
            if (stop.origins().contains(rank)) {
                return true;
            }
        }
        return false;
    }

    /// The release of a series that hosts land on, or -1: one that nobody can land on would end
    /// every way. An exact stop stays one on a platform that it has no bundle for: jumping over it
    /// would skip what it is a stop for.
    private static int landing(Situation situation, StopRule rule, int[] members) {
        boolean exact = rule.where() instanceof StopRule.Exactly;
        int preRelease = -1;
        for (int i = members.length - 1; i >= 0; i--) {
            Release release = situation.release(members[i]);
            if (release.availability().withdrawn().isEmpty()
                    && situation.isListed(members[i])
                    && (exact
                            || (situation.serves(members[i])
                                    && situation.index().isLandable(members[i])))) {
                if (!situation.index().ranks().key(members[i]).isPreRelease()) {
                    return members[i];
                }
                preRelease = preRelease < 0 ? members[i] : preRelease;
            }
        }
        return preRelease;
    }

    /// The lowest origin from which a target is reached without jumping over a stop.
    int lowestOrigin(int target) {
        return lowestOrigin[target];
    }

    /// Whether a move jumps over a stop, as far as its own origin tells.
    boolean isCrossed(int origin, int target) {
        if (origin > target) {
            return false;
        }
        if (origin < lowestOrigin[target]) {
            return true;
        }
        if (origin >= clearOfSticky[target]) {
            return false;
        }
        for (int i = reached(target) - 1; i >= 0 && ascending[i].origin() > origin; i--) {
            if (ascending[i].origins().contains(origin)) {
                return true;
            }
        }
        return false;
    }

    /// A bound from which on moves to a target jump over no stop that depends on an origin.
    int clearOfSticky(int target) {
        return clearOfSticky[target];
    }

    /// How many of the ascending stops a target lies beyond. Both of their bounds ascend.
    private int reached(int target) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle].firstTarget() <= target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Stops that depend on what the path has touched.
    List<Sticky> sticky() {
        return sticky;
    }

    /// The releases that are stops whatever a path has touched, in ascending order.
    List<Integer> landings() {
        return landings.keySet().stream().filter(landedOn::get).toList();
    }

    /// The first stop between two releases that is not listed.
    Optional<Version> firstMissing(int from, int goal) {
        return missing.subMap(from, false, goal, true).values().stream().findFirst();
    }

    /// The rule that makes a release a stop here.
    @Nullable StopRule rule(int rank) {
        return landings.get(rank);
    }
}
