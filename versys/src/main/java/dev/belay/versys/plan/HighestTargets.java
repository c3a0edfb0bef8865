package dev.belay.versys.plan;

import java.util.BitSet;

/// For each release the newest one that an edge could lead to, conditions and stops apart: where to
/// begin when the newest next hop is looked for.
final class HighestTargets {
    private final int[] highest;

    /// Those that have none yet.
    private final BitSet open = new BitSet();

    HighestTargets(ChannelIndex index) {
        int count = index.ranks().count();
        highest = new int[count];
        open.set(0, count);
        for (int target = count - 1; target >= 0; target--) {
            for (int origin : index.explicitOrigins(target)) {
                highest[origin] = Math.max(highest[origin], target);
            }
            RankSet set = index.accepted(target);
            if (index.acceptsOlder(target)) {
                mark(0, target, target);
            }
            for (int i = 0; set != null && i < set.intervals(); i++) {
                mark(set.low(i), Math.min(set.high(i), target), target);
            }
        }
    }

    private void mark(int low, int high, int target) {
        for (int origin = OriginPool.next(open, low, high);
                origin < high;
                origin = OriginPool.next(open, origin + 1, high)) {
            highest[origin] = Math.max(highest[origin], target);
            open.clear(origin);
        }
    }

    int of(int origin) {
        return highest[origin];
    }
}
