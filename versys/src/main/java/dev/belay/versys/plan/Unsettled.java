package dev.belay.versys.plan;

/// Ranks not yet settled, with "the next one from here" in nearly constant time (a disjoint set
/// whose roots are the ranks that remain).
final class Unsettled {
    private final int[] next;

    private Unsettled(int[] next) {
        this.next = next;
    }

    /// All ranks.
    static Unsettled all(int count) {
        int[] next = new int[count + 1];
        for (int rank = 0; rank <= count; rank++) {
            next[rank] = rank;
        }
        return new Unsettled(next);
    }

    /// Either the pre-releases or the others.
    static Unsettled of(Ranks ranks, boolean preReleases) {
        Unsettled unsettled = all(ranks.count());
        for (int rank = ranks.count() - 1; rank >= 0; rank--) {
            if (ranks.isPreRelease(rank) != preReleases) {
                unsettled.next[rank] = unsettled.next[rank + 1];
            }
        }
        return unsettled;
    }

    Unsettled copy() {
        return new Unsettled(next.clone());
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
