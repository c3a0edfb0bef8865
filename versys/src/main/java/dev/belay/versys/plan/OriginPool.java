package dev.belay.versys.plan;

import java.util.BitSet;

/// A set of ranks to look for origins in. Pre-releases are kept apart, because most ranges pass
/// over them.
record OriginPool(BitSet stable, BitSet preReleases) {
    /// Every release of a channel.
    static OriginPool all(Ranks ranks) {
        OriginPool all = none(ranks);
        for (int rank = 0; rank < ranks.count(); rank++) {
            all.add(rank, ranks.isPreRelease(rank));
        }
        return all;
    }

    static OriginPool none(Ranks ranks) {
        return new OriginPool(new BitSet(ranks.count()), new BitSet(ranks.count()));
    }

    /// The first of some ranks that is not below one, or `end` if none of them is below that.
    static int next(BitSet ranks, int rank, int end) {
        int next = rank < end ? ranks.nextSetBit(rank) : -1;
        return next < 0 ? end : Math.min(next, end);
    }

    boolean contains(int rank) {
        return stable.get(rank) || preReleases.get(rank);
    }

    OriginPool copy() {
        return new OriginPool((BitSet) stable.clone(), (BitSet) preReleases.clone());
    }

    void add(int rank, boolean preRelease) {
        (preRelease ? preReleases : stable).set(rank);
    }

    void remove(int rank, boolean preRelease) {
        (preRelease ? preReleases : stable).clear(rank);
    }

    void addAll(OriginPool others) {
        stable.or(others.stable);
        preReleases.or(others.preReleases);
    }
}
