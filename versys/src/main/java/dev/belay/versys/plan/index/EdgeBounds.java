package dev.belay.versys.plan.index;

/// How far edges could lead, conditions and stops apart, so that a search need not look where
/// nothing is: for each release the newest one to go to, and the oldest one to come from.
final class EdgeBounds {
    private final int[] highest;
    private final int[] lowest;

    /// Those that have none yet.
    private final RankBits open;

    EdgeBounds(ChannelIndex index) {
        int count = index.ranks().count();
        highest = new int[count];
        lowest = new int[count];
        open = RankBits.below(count);
        for (int target = count - 1; target >= 0; target--) {
            lowest[target] = target;
            for (int origin : index.explicitOrigins(target)) {
                lowest[target] = Math.min(lowest[target], origin);
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
        lowest[target] = Math.min(lowest[target], low);
        for (int origin = open.next(low, high);
                origin < high;
                origin = open.next(origin + 1, high)) {
            highest[origin] = Math.max(highest[origin], target);
            open.remove(origin);
        }
    }

    int highestTarget(int origin) {
        return highest[origin];
    }

    /// No edge upwards leads from below it.
    int lowestOrigin(int target) {
        return lowest[target];
    }
}
