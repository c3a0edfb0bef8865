package dev.belay.versys.plan;

/// A set of ranks to look for origins in. Pre-releases are kept apart, because most ranges pass
/// over them.
record OriginPool(Unsettled stable, Unsettled preReleases) {
    /// Every release of a channel.
    static OriginPool all(Ranks ranks) {
        OriginPool all = none(ranks);
        for (int rank = 0; rank < ranks.count(); rank++) {
            all.add(rank, ranks.isPreRelease(rank));
        }
        return all;
    }

    static OriginPool none(Ranks ranks) {
        return new OriginPool(Unsettled.empty(ranks.count()), Unsettled.empty(ranks.count()));
    }

    boolean contains(int rank) {
        return stable.contains(rank) || preReleases.contains(rank);
    }

    OriginPool copy() {
        return new OriginPool(stable.copy(), preReleases.copy());
    }

    void add(int rank, boolean preRelease) {
        (preRelease ? preReleases : stable).add(rank);
    }

    void remove(int rank, boolean preRelease) {
        (preRelease ? preReleases : stable).remove(rank);
    }

    void addAll(OriginPool others) {
        stable.addAll(others.stable);
        preReleases.addAll(others.preReleases);
    }
}
