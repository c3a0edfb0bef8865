package dev.belay.versys.plan.index;

import java.util.BitSet;

/// What each target accepts in plain numbers, for the common case of one interval of ranks: a
/// search asks this of every release, and objects would cost it a walk through memory each time.
public final class Acceptances {
    /// How many pre-releases of an interval are looked at to see that it accepts all of them.
    private static final int LOOKED_AT = 64;

    private final int[] low;
    private final int[] high;
    private final BitSet withPreReleases = new BitSet();

    Acceptances(ChannelIndex index) {
        int count = index.ranks().count();
        low = new int[count];
        high = new int[count];
        for (int target = 0; target < count; target++) {
            RankSet set = index.accepted(target);
            if (index.acceptsOlder(target)) {
                high[target] = index.ranks().firstOfPrecedence(target);
                withPreReleases.set(target);
            } else if (set != null) {
                interval(index, target, set);
            }
        }
    }

    private void interval(ChannelIndex index, int target, RankSet set) {
        int end = Math.min(set.high(0), target);
        boolean all = set.admitsPreReleases(0);
        int looked = 0;
        RankBits preReleases = index.everyRelease().preReleases();
        for (int rank = preReleases.next(set.low(0), end);
                all && rank < end;
                rank = preReleases.next(rank + 1, end)) {
            all = looked++ < LOOKED_AT && set.admits(0, rank);
        }
        boolean plain = set.intervals() == 1 && (all || !set.admitsPreReleases(0));
        low[target] = plain ? set.low(0) : 0;
        high[target] = plain ? end : -1;
        withPreReleases.set(target, plain && all);
    }

    /// Whether the releases between [#low] and [#high] are all the older ones that it accepts,
    /// pre-releases apart.
    public boolean isPlain(int target) {
        return high[target] >= 0;
    }

    /// Whether it also accepts all the pre-releases there; else none.
    public boolean withPreReleases(int target) {
        return withPreReleases.get(target);
    }

    public int low(int target) {
        return low[target];
    }

    /// The rank after the last.
    public int high(int target) {
        return high[target];
    }
}
