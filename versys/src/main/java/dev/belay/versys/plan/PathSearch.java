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
/// Targets of equal cost come newest first, so the one that settles an origin is the best next hop.
///
/// One search serves several goals in turn: what could reach a goal that the start cannot is not
/// looked at again, because the start cannot reach it either.
final class PathSearch {
    private static final int UNSETTLED = -1;

    private final Situation situation;
    private final ChannelIndex index;
    private final ActiveStops stops;
    private final int ignored;
    private final int from;
    private final boolean down;
    private final CostQueue queue;
    private final int[] following;
    private final Unsettled stable;
    private final Unsettled preReleases;
    private Obstructions met = Obstructions.NONE;

    // Of the target being expanded:
    private boolean hasRules;
    private int clearOfSticky;

    /// @param ignored obstacles to search across
    PathSearch(Situation situation, ActiveStops stops, int from, int ignored) {
        this.situation = situation;
        this.index = situation.index();
        this.stops = stops;
        this.from = from;
        this.ignored = ignored;
        this.down = situation.request().allowDowngrade();
        this.queue = CostQueue.of(situation);
        this.following = new int[index.ranks().count()];
        Arrays.fill(following, UNSETTLED);
        this.stable = index.stable().copy();
        this.preReleases = index.preReleases().copy();
    }

    /// Whether the start can reach the goal.
    ///
    /// @param all also settle what is farther than the start
    boolean reaches(int goal, boolean all) {
        if (following[goal] != UNSETTLED) {
            return false;
        }
        queue.clear();
        settle(goal, goal, 0);
        while (!queue.isEmpty() && (all || following[from] == UNSETTLED)) {
            long key = queue.firstKey();
            int target = queue.poll();
            int obstacles = situation.target(target) & ~ignored;
            if (obstacles == 0) {
                expand(target, key);
            } else {
                met = met.with(obstacles);
            }
        }
        return following[from] != UNSETTLED && from != goal;
    }

    /// What was in the way of releases and moves so far. After a search that failed, a search
    /// across more obstacles can only succeed if it passes one of these.
    Obstructions met() {
        return met;
    }

    /// Whether a release reaches the last goal, after all were settled.
    boolean isSettled(int rank) {
        return following[rank] != UNSETTLED;
    }

    private void settle(int rank, int target, long cost) {
        following[rank] = target;
        stable.remove(rank);
        preReleases.remove(rank);
        queue.add(rank, cost);
    }

    private void expand(int target, long key) {
        int moves = situation.moves(target);
        int sure = moves & ~Situation.ASK & ~ignored;
        if (sure != 0) {
            met = met.with(sure);
            return;
        }
        hasRules = (moves & Situation.ASK) != 0;
        clearOfSticky = stops.clearOfSticky(target);
        int lowest = down ? 0 : from;
        int low = Math.max(lowest, stops.lowestOrigin(target));
        acceptedOlder(target, key, low);
        if (down && index.acceptsNewer(target)) {
            accepted(target, key, target + 1, following.length);
        }
        for (int origin : index.explicitOrigins(target)) {
            if (following[origin] == UNSETTLED && origin >= lowest && isOpen(origin, target)) {
                settle(origin, target, key);
            }
        }
    }

    private void acceptedOlder(int target, long key, int low) {
        Acceptances plain = index.acceptances();
        if (!plain.isPlain(target)) {
            accepted(target, key, low, target);
            return;
        }
        int start = Math.max(low, plain.low(target));
        scan(stable, target, key, start, plain.high(target), null, 0);
        if (plain.withPreReleases(target)) {
            scan(preReleases, target, key, start, plain.high(target), null, 0);
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
        for (int origin = candidates.next(low, high);
                origin < high;
                origin = candidates.next(origin + 1, high)) {
            if ((set == null || set.admits(interval, origin))
                    && index.allows(origin, target)
                    && isOpen(origin, target)) {
                settle(origin, target, key);
            }
        }
    }

    /// Whether an existing edge to the target being expanded may be used.
    private boolean isOpen(int origin, int target) {
        boolean simple = origin < target && origin >= clearOfSticky && !hasRules;
        if (simple && !index.traits().isDeadEnd(origin)) {
            return origin >= stops.lowestOrigin(target);
        }
        if (origin == target || stops.isCrossed(origin, target)) {
            return false;
        }
        int obstacles = situation.edge(origin, target) & ~ignored;
        if (obstacles != 0) {
            met = met.with(obstacles);
        }
        return obstacles == 0;
    }

    /// The path to the goal that was reached last: the cheapest, then with the newest release
    /// first.
    List<Integer> path(int goal) {
        List<Integer> path = new ArrayList<>();
        int at = from;
        while (at != goal) {
            at = following[at];
            path.add(at);
        }
        return path;
    }

    /// The path upwards that takes the newest release at every step; empty if the goal is not
    /// reached by moves upwards alone. Needs all to be settled.
    List<Integer> newestFirst(int goal) {
        List<Integer> path = new ArrayList<>();
        int at = from;
        while (at != goal) {
            int next = -1;
            int highest = Math.min(goal, index.highestTarget(at));
            for (int target = highest; target > at && next < 0; target--) {
                if (isSettled(target) && isMove(at, target)) {
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

    private boolean isMove(int origin, int target) {
        return !stops.isCrossed(origin, target)
                && index.hasEdge(origin, target)
                && ((situation.target(target) | situation.edge(origin, target)) & ~ignored) == 0;
    }
}
