package dev.belay.versys.plan;

import dev.belay.versys.plan.index.OriginPool;
import dev.belay.versys.plan.index.RankBits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The cheapest path from one release to another, searched backwards from the goal.
///
/// Each release is settled once. Settling in order of cost makes it Dijkstra's algorithm: all
/// origins of a target have the same cost, that of the target plus its own weight. Targets of equal
/// cost come newest first, so the one that settles an origin is the best next hop.
final class PathSearch {
    private static final int UNSETTLED = -1;

    private final Situation situation;
    private final ActiveStops stops;
    private final int from;
    private final int goal;
    private final int ignored;
    private final int[] following;
    private final OpenOrigins origins;
    private final CostQueue queue;
    private final OriginPool unsettled;
    private final OriginPool.Visitor each = this::settle;

    // Of the target whose origins are being settled:
    private int target;
    private long cost;

    /// Searches until the start is settled.
    ///
    /// @param ignored obstacles to search across
    /// @param candidates the releases that paths may lead through, the start among them; used up
    /// @param policy what the cheapest way is; under the one that takes the newest release first,
    ///   also what is farther than the start is settled
    PathSearch(
            Situation situation,
            ActiveStops stops,
            int from,
            int goal,
            int ignored,
            OriginPool candidates,
            PlanPolicy policy) {
        this.situation = situation;
        this.stops = stops;
        this.from = from;
        this.goal = goal;
        this.ignored = ignored;
        this.following = new int[situation.index().ranks().count()];
        Arrays.fill(following, UNSETTLED);
        this.queue = CostQueue.of(situation, policy, this::isUseful);
        this.unsettled = candidates;
        this.origins = new OpenOrigins(situation, stops, from);
        search(policy == PlanPolicy.NEWEST_FIRST);
    }

    private void search(boolean all) {
        target = goal;
        settle(RankBits.wordOf(goal), RankBits.bitOf(goal));
        while (!queue.isEmpty() && (all || following[from] == UNSETTLED)) {
            cost = queue.firstKey();
            target = queue.poll();
            if ((situation.target(target) & ~ignored) == 0) {
                origins.any(target, ignored, unsettled, each);
            }
        }
    }

    private boolean settle(int word, long ranks) {
        for (long left = ranks; left != 0; left &= left - 1) {
            following[RankBits.first(word, left)] = target;
        }
        unsettled.remove(word, ranks);
        queue.add(word, ranks, cost);
        return false;
    }

    private boolean isUseful(int rank) {
        return origins.mayHaveAny(rank, unsettled);
    }

    /// Whether the start reaches the goal by at least one move.
    boolean isReached() {
        return following[from] != UNSETTLED && from != goal;
    }

    /// Whether a release reaches the goal, after all were settled.
    boolean isSettled(int rank) {
        return following[rank] != UNSETTLED;
    }

    /// The cheapest path, then with the newest release first; empty if there is none.
    List<Integer> path() {
        List<Integer> path = new ArrayList<>();
        int at = isReached() ? from : goal;
        while (at != goal) {
            at = following[at];
            path.add(at);
        }
        return path;
    }

    /// The path upwards that takes the newest release at every step; empty if the goal is not
    /// reached by moves upwards alone. Needs all to be settled.
    List<Integer> newestFirst() {
        List<Integer> path = new ArrayList<>();
        int at = from;
        while (at != goal) {
            int next = -1;
            int highest = Math.min(goal, situation.index().highestTarget(at));
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
                && situation.index().hasEdge(origin, target)
                && ((situation.target(target) | situation.edge(origin, target)) & ~ignored) == 0;
    }
}
