package dev.belay.versys.plan.index;

import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;

/// A version range over the releases of one channel: each alternative is an interval of ranks.
public final class RankSet {
    private final VersionRange range;
    private final VersionKey[] keys;
    private final int[] low;
    private final int[] high;
    private final boolean[] preReleases;

    RankSet(VersionRange range, VersionKey[] keys) {
        this.range = range;
        this.keys = keys;
        this.low = new int[range.alternatives()];
        this.high = new int[range.alternatives()];
        this.preReleases = new boolean[range.alternatives()];
        for (int i = 0; i < low.length; i++) {
            low[i] = first(i, 0);
            high[i] = first(i, 1);
            preReleases[i] = range.admitsPreReleases(i);
        }
    }

    /// The first rank whose position is at least `position`.
    private int first(int alternative, int position) {
        int from = 0;
        int to = keys.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (range.position(alternative, keys[middle]) >= position) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /// The first rank above everything in the range.
    public int end() {
        int end = 0;
        for (int each : high) {
            end = Math.max(end, each);
        }
        return end;
    }

    public int intervals() {
        return low.length;
    }

    /// The first rank of an interval.
    public int low(int interval) {
        return low[interval];
    }

    /// The rank after the last of an interval.
    public int high(int interval) {
        return high[interval];
    }

    /// Whether an interval can hold pre-releases at all.
    public boolean admitsPreReleases(int interval) {
        return preReleases[interval];
    }

    /// Whether a rank within an interval passes the range's pre-release policy.
    public boolean admits(int interval, int rank) {
        return !keys[rank].isPreRelease() || range.admits(interval, keys[rank]);
    }

    public boolean contains(int rank) {
        for (int i = 0; i < low.length; i++) {
            if (rank >= low[i] && rank < high[i] && admits(i, rank)) {
                return true;
            }
        }
        return false;
    }
}
