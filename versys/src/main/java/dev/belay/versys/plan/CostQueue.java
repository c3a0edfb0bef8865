package dev.belay.versys.plan;

import java.time.Duration;

/// Settled releases in the order in which their own origins become reachable: cost plus the weight
/// of landing on the release, equal ones newest first.
sealed interface CostQueue permits LevelQueue, HeapQueue {
    /// A hop counts below everything else, so that ties go to fewer hops.
    int HOP_BITS = 14;

    long DEFAULT_DOWNTIME_SECONDS = 60;

    static CostQueue of(Situation situation) {
        return switch (situation.request().policy()) {
            case LEAST_DOWNLOAD, LEAST_DOWNTIME -> new HeapQueue(rank -> weight(situation, rank));
            case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> new LevelQueue();
        };
    }

    /// What landing on a release costs under the request's policy.
    static long weight(Situation situation, int rank) {
        return switch (situation.request().policy()) {
            case LEAST_DOWNLOAD -> weight(situation.downloadBytes(rank));
            case LEAST_DOWNTIME ->
                    weight(
                            situation
                                    .release(rank)
                                    .downtime()
                                    .map(Duration::toSeconds)
                                    .orElse(DEFAULT_DOWNTIME_SECONDS));
            case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> 1;
        };
    }

    /// Amounts beyond 16 GiB are cut so that the longest path still adds up.
    private static long weight(long amount) {
        return (Math.min(amount, 1L << 34) << HOP_BITS) + 1;
    }

    void clear();

    boolean isEmpty();

    /// The key of what comes next.
    long firstKey();

    /// @param cost what the way from the release to the goal costs
    void add(int rank, long cost);

    /// Takes what comes next.
    int poll();
}
