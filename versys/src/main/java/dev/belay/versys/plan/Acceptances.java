package dev.belay.versys.plan;

/// What each target accepts in plain numbers, for the common case of one interval of ranks: a
/// search asks this of every release, and objects would cost it a walk through memory each time.
final class Acceptances {
    private final int[] low;
    private final int[] high;

    Acceptances(ChannelIndex index) {
        int count = index.ranks().count();
        low = new int[count];
        high = new int[count];
        for (int target = 0; target < count; target++) {
            RankSet set = index.accepted(target);
            if (index.acceptsOlder(target)) {
                high[target] = index.ranks().firstOfPrecedence(target);
            } else if (set != null && isPlain(set)) {
                low[target] = set.low(0);
                high[target] = Math.min(set.high(0), target);
            } else if (set != null) {
                high[target] = -1;
            }
        }
    }

    private static boolean isPlain(RankSet set) {
        return set.intervals() == 1 && !set.admitsPreReleases(0);
    }

    /// Whether the releases between [#low] and [#high] are all the older ones that it accepts,
    /// pre-releases apart.
    boolean isPlain(int target) {
        return high[target] >= 0;
    }

    int low(int target) {
        return low[target];
    }

    /// The rank after the last.
    int high(int target) {
        return high[target];
    }
}
