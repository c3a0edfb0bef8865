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

    /// @param near a rank that the range probably ends close to; only speed depends on it
    RankSet(VersionRange range, VersionKey[] keys, int near) {
        this.range = range;
        this.keys = keys;
        this.low = new int[range.alternatives()];
        this.high = new int[range.alternatives()];
        this.preReleases = new boolean[range.alternatives()];
        for (int i = 0; i < low.length; i++) {
            high[i] = first(i, 1, near);
            low[i] = first(i, 0, high[i]);
            preReleases[i] = range.admitsPreReleases(i);
        }
    }

    /// The first rank whose position is at least `position`: in growing steps away from a rank
    /// until it lies between two, then by bisection.
    private int first(int alternative, int position, int near) {
        int count = keys.length;
        int from = 0;
        int to = count;
        int asked = Math.min(near, count - 1);
        for (int step = 1; from < to; step *= 2) {
            if (range.position(alternative, keys[asked]) >= position) {
                to = asked;
            } else {
                from = asked + 1;
            }
            asked =
                    to == count
                            ? Math.min(from + step, count - 1)
                            : from == 0 ? Math.max(to - step, 0) : (from + to) >>> 1;
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
