package dev.belay.versys.plan;

import java.util.Arrays;

/// The queue where every hop counts the same: the releases of one number of hops after the other,
/// each level a set of bits.
final class LevelQueue implements CostQueue {
    private long[] level;
    private long[] waiting;
    private int word = -1;
    private int highestWaiting = -1;
    private long key;

    LevelQueue(int count) {
        level = new long[count / Long.SIZE + 1];
        waiting = new long[level.length];
    }

    @Override
    public void clear() {
        Arrays.fill(level, 0);
        Arrays.fill(waiting, 0);
        word = -1;
        highestWaiting = -1;
        key = 0;
    }

    @Override
    public boolean isEmpty() {
        return word < 0 && highestWaiting < 0;
    }

    @Override
    public long firstKey() {
        return word < 0 ? key + 1 : key;
    }

    /// The cost is that of the level being polled.
    @Override
    public void add(int rank, long cost) {
        int place = rank >> 6;
        waiting[place] |= 1L << rank;
        highestWaiting = Math.max(highestWaiting, place);
    }

    @Override
    public long weight(int rank) {
        return 1;
    }

    @Override
    public int poll() {
        if (word < 0) {
            long[] polled = level;
            level = waiting;
            waiting = polled;
            word = highestWaiting;
            highestWaiting = -1;
            key++;
        }
        long rest = level[word];
        int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(rest);
        level[word] = rest & ~(1L << bit);
        int first = (word << 6) + bit;
        while (word >= 0 && level[word] == 0) {
            word--;
        }
        return first;
    }
}
