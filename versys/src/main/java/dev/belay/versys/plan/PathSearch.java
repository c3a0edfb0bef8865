package dev.belay.versys.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cheapest path from one release to another, searched backwards from the goal.
///
/// What a target accepts is an interval of ranks, so the origins that become reachable are those of
/// the interval not yet settled; each is settled once, and the work is about linear in the number
/// of releases however many edges there are. Settling in order of cost makes it Dijkstra's
/// algorithm: all origins of a target have the same cost, that of the target plus its own weight.
///
/// One search serves several goals in turn: what could reach a goal that the start cannot is not
/// looked at again, because the start cannot reach it either.
final class PathSearch {
    private static final long UNSETTLED = -1;

    private final Situation situation;
    private final ChannelIndex index;
    private final ActiveStops stops;
    private final int ignored;
    private final int from;
    private final boolean down;
    private final CostQueue queue;
    private final long[] cost;
    private final Unsettled stable;
    private final Unsettled preReleases;
    private final int[] openTargets;
    private final long[] openKeys;
    private int opened;

    /// @param ignored obstacles to search across
    PathSearch(Situation situation, ActiveStops stops, int from, int ignored) {
        this.situation = situation;
        this.index = situation.index();
        this.stops = stops;
        this.from = from;
        this.ignored = ignored;
        this.down = situation.request().allowDowngrade();
        int count = index.ranks().count();
        this.queue = CostQueue.of(situation);
        this.cost = new long[count];
        Arrays.fill(cost, UNSETTLED);
        this.stable = new Unsettled(index.ranks(), false);
        this.preReleases = new Unsettled(index.ranks(), true);
        this.openTargets = new int[count];
        this.openKeys = new long[count];
    }

    /// Whether the start can reach the goal.
    ///
    /// @param all also settle what is farther than the start
    boolean reaches(int goal, boolean all) {
        if (cost[goal] != UNSETTLED) {
            return false;
        }
        queue.clear();
        opened = 0;
        settle(goal, 0);
        while (!queue.isEmpty()) {
            long key = queue.firstKey();
            if (!all && cost[from] != UNSETTLED && key > cost[from]) {
                break;
            }
            int target = queue.poll();
            if ((situation.target(target) & ~ignored) != 0) {
                continue;
            }
            openTargets[opened] = target;
            openKeys[opened++] = key;
            if (all || cost[from] == UNSETTLED) {
                expand(target, key);
            }
        }
        return cost[from] != UNSETTLED && from != goal;
    }

    /// Whether a release reaches the last goal, after all were settled.
    boolean isSettled(int rank) {
        return cost[rank] != UNSETTLED;
    }

    private void settle(int rank, long value) {
        cost[rank] = value;
        stable.remove(rank);
        preReleases.remove(rank);
        queue.add(rank, value);
    }

    private void expand(int target, long key) {
        int lowest = down ? 0 : from;
        int low = Math.max(lowest, stops.lowestOrigin(target));
        accepted(target, key, low, target);
        if (down && index.acceptsNewer(target)) {
            accepted(target, key, target + 1, cost.length);
        }
        for (int origin : index.explicitOrigins(target)) {
            if (cost[origin] == UNSETTLED && origin >= lowest && isOpen(origin, target)) {
                settle(origin, key);
            }
        }
    }

    /// Settles what the target accepts between two ranks.
    private void accepted(int target, long key, int low, int high) {
        if (index.acceptsOlder(target)) {
            int end = low > target ? high : Math.min(high, index.ranks().firstOfPrecedence(target));
            scan(stable, target, key, low, end, null, 0);
            scan(preReleases, target, key, low, end, null, 0);
            return;
        }
        RankSet set = index.accepted(target);
        if (set == null) {
            return;
        }
        for (int i = 0; i < set.intervals(); i++) {
            int start = Math.max(low, set.low(i));
            int end = Math.min(high, set.high(i));
            scan(stable, target, key, start, end, null, 0);
            if (set.admitsPreReleases(i)) {
                scan(preReleases, target, key, start, end, set, i);
            }
        }
    }

    private void scan(
            Unsettled candidates,
            int target,
            long key,
            int low,
            int high,
            @Nullable RankSet set,
            int interval) {
        for (int origin = candidates.next(low);
                origin < high;
                origin = candidates.next(origin + 1)) {
            if ((set == null || set.admits(interval, origin))
                    && index.allows(origin, target)
                    && isOpen(origin, target)) {
                settle(origin, key);
            }
        }
    }

    /// Whether an existing edge may be used.
    private boolean isOpen(int origin, int target) {
        return origin != target
                && !stops.isCrossed(origin, target)
                && (situation.edge(origin, target) & ~ignored) == 0;
    }

    /// The path to the goal that was reached last: the cheapest, then with the newest release
    /// first.
    List<Integer> path(int goal) {
        List<Integer> path = new ArrayList<>();
        int at = from;
        while (at != goal) {
            at = newestTarget(at);
            path.add(at);
        }
        return path;
    }

    private int newestTarget(int origin) {
        int place = firstWithKey(cost[origin]);
        int best = -1;
        for (; place < opened && openKeys[place] == cost[origin]; place++) {
            int target = openTargets[place];
            if (target > best && index.hasEdge(origin, target) && isOpen(origin, target)) {
                best = target;
            }
        }
        if (best < 0) {
            throw new IllegalStateException("a settled release has a next one");
        }
        return best;
    }

    private int firstWithKey(long key) {
        int low = 0;
        int high = opened;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (openKeys[middle] >= key) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The path upwards that takes the newest release at every step; empty if the goal is not
    /// reached by moves upwards alone. Needs all to be settled.
    List<Integer> newestFirst(int goal) {
        List<Integer> path = new ArrayList<>();
        int at = from;
        while (at != goal) {
            int next = -1;
            for (int target = goal; target > at && next < 0; target--) {
                boolean useful =
                        cost[target] != UNSETTLED && (situation.target(target) & ~ignored) == 0;
                if (useful && index.hasEdge(at, target) && isOpen(at, target)) {
                    next = target;
                }
            }
            if (next < 0) {
                return new ArrayList<>();
            }
            path.add(next);
            at = next;
        }
        return path;
    }
}
