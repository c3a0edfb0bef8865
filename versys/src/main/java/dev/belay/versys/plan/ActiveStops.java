package dev.belay.versys.plan;

import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.graph.StopScope;
import dev.belay.versys.graph.Truth;
import dev.belay.versys.plan.StopIndex.IndexedStop;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Integer, StopRule> landings = new HashMap<>();
    private final boolean mayGoDown;

    ActiveStops(Situation situation, int from, int goal) {
        this(situation, from, holding(situation, from, goal));
    }

    /// @param holding the stops of the channel that hold, by their place in its list
    ActiveStops(Situation situation, int from, BitSet holding) {
        ChannelIndex index = situation.index();
        mayGoDown = situation.request().allowDowngrade();
        lowestOrigin = new int[index.ranks().count() + 1];
        clearOfSticky = new int[lowestOrigin.length];
        holding.stream().forEach(place -> add(situation, index.stops().stops().get(place), from));
        if (situation.request().policy() == PlanPolicy.EVERY_MINOR) {
            add(situation, index.stops().everyMinor(), from);
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
            add(stop, stop.wall(), stop.wall(), from);
        }
        for (int[] members : stop.series()) {
            int landing = landing(situation, stop.rule(), members);
            if (landing >= 0) {
                landings.putIfAbsent(landing, stop.rule());
                add(stop, landing, landing + 1, from);
            }
        }
    }

    private void add(IndexedStop stop, int origin, int firstTarget, int from) {
        RankSet origins = stop.origins();
        if (origins == null || origins.contains(from)) {
            lowestOrigin[firstTarget] = Math.max(lowestOrigin[firstTarget], origin);
        } else if (mayGoDown || (firstTarget > from && origins.end() > from)) {
            sticky.add(new Sticky(origin, firstTarget, origins, stop.rule()));
            int bound = Math.min(origin, origins.end());
            clearOfSticky[firstTarget] = Math.max(clearOfSticky[firstTarget], bound);
        }
    }

    /// The release of a series that hosts land on, or -1. An exact stop stays one on a platform
    /// that it has no bundle for: jumping over it would skip what it is a stop for.
    private static int landing(Situation situation, StopRule rule, int[] members) {
        boolean exact = rule.where() instanceof StopRule.Exactly;
        int preRelease = -1;
        for (int i = members.length - 1; i >= 0; i--) {
            Release release = situation.release(members[i]);
            if (release.availability().withdrawn().isEmpty()
                    && situation.isListed(members[i])
                    && (exact || situation.serves(members[i]))) {
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

    /// The rule that makes a release a stop here.
    @Nullable StopRule rule(int rank) {
        return landings.get(rank);
    }
}
