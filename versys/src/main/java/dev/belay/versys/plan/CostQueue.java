package dev.belay.versys.plan;

/// Settled releases in the order in which their own origins become reachable: cost plus the weight
/// of landing on the release, equal ones newest first.
sealed interface CostQueue permits LevelQueue, HeapQueue {
    static CostQueue of(Situation situation) {
        return switch (situation.request().policy()) {
            case LEAST_DOWNLOAD, LEAST_DOWNTIME ->
                    new HeapQueue(situation.index().weights().of(situation.request()));
            case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> new LevelQueue();
        };
    }

    boolean isEmpty();

    /// The key of what comes next.
    long firstKey();

    /// @param cost what the way from the release to the goal costs
    void add(int rank, long cost);

    /// What landing on a release costs under the request's policy.
    long weight(int rank);

    /// Takes what comes next.
    int poll();
}
