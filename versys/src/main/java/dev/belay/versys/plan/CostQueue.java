package dev.belay.versys.plan;

import dev.belay.versys.plan.index.Weights;
import java.util.function.IntPredicate;

/// Settled releases in the order in which their own origins become reachable: cost plus the weight
/// of landing on the release, equal ones newest first.
sealed interface CostQueue permits LevelQueue, HeapQueue {
    /// @param useful whether anything could still come through a release; may err on that side
    static CostQueue of(Situation situation, PlanPolicy policy, IntPredicate useful) {
        Weights all = situation.index().weights();
        long[] weights =
                switch (policy) {
                    case LEAST_DOWNLOAD -> all.download(situation.request().platform());
                    case LEAST_DOWNTIME -> all.downtime();
                    case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> Weights.NONE;
                };
        return weights.length == 0
                ? new LevelQueue(situation.index().ranks().count())
                : new HeapQueue(weights, useful);
    }

    boolean isEmpty();

    /// The key of what comes next.
    long firstKey();

    /// @param ranks releases, as bits of one word of [RankBits]
    /// @param cost what the way from them to the goal costs
    void add(int word, long ranks, long cost);

    /// What landing on a release costs under the request's policy.
    long weight(int rank);

    /// Takes what comes next.
    int poll();
}
