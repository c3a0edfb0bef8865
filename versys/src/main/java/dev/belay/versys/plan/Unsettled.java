package dev.belay.versys.plan;

/// Ranks not yet settled, with "the next one from here" in nearly constant time (a disjoint set
/// whose roots are the ranks that remain). Holds either the pre-releases or the others.
final class Unsettled {
    private final int[] next;

    Unsettled(Ranks ranks, boolean preReleases) {
        next = new int[ranks.count() + 1];
        for (int rank = 0; rank < ranks.count(); rank++) {
            next[rank] = ranks.isPreRelease(rank) == preReleases ? rank : rank + 1;
        }
        next[ranks.count()] = ranks.count();
    }

    /// The first remaining rank at or after one; the count of ranks if there is none.
    int next(int rank) {
        int at = Math.min(rank, next.length - 1);
        while (next[at] != at) {
            next[at] = next[next[at]];
            at = next[at];
        }
        return at;
    }

    void remove(int rank) {
        if (next[rank] == rank) {
            next[rank] = rank + 1;
        }
    }
}
