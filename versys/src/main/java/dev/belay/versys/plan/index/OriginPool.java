package dev.belay.versys.plan.index;

/// A set of ranks to look for origins in. Pre-releases are kept apart, because most ranges pass
/// over them.
public record OriginPool(RankBits stable, RankBits preReleases) {
    /// Asked about the origins that were found.
    public interface Visitor {
        /// @param ranks those found, as bits of one word of [RankBits]; may be removed
        /// @return whether that is enough
        boolean visit(int word, long ranks);
    }

    /// Every release of a channel.
    static OriginPool all(Ranks ranks) {
        OriginPool all = none(ranks);
        for (int rank = 0; rank < ranks.count(); rank++) {
            all.add(rank, ranks.isPreRelease(rank));
        }
        return all;
    }

    public static OriginPool none(Ranks ranks) {
        return new OriginPool(new RankBits(ranks.count()), new RankBits(ranks.count()));
    }

    public boolean contains(int rank) {
        return stable.contains(rank) || preReleases.contains(rank);
    }

    public OriginPool copy() {
        return new OriginPool(stable.copy(), preReleases.copy());
    }

    public void add(int rank, boolean preRelease) {
        (preRelease ? preReleases : stable).add(rank);
    }

    public void remove(int word, long ranks) {
        stable.remove(word, ranks);
        preReleases.remove(word, ranks);
    }

    public void addAll(OriginPool others) {
        stable.addAll(others.stable);
        preReleases.addAll(others.preReleases);
    }
}
