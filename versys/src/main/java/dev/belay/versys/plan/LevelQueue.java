package dev.belay.versys.plan;

import java.util.BitSet;

/// The queue where every hop counts the same: the releases of one number of hops after the other.
final class LevelQueue implements CostQueue {
    private BitSet level = new BitSet();
    private BitSet waiting = new BitSet();
    private int next = -1;
    private int highestWaiting = -1;
    private long key;

    @Override
    public boolean isEmpty() {
        return next < 0 && highestWaiting < 0;
    }

    @Override
    public long firstKey() {
        return next < 0 ? key + 1 : key;
    }

    /// The cost is that of the level being polled.
    @Override
    public void add(int rank, long cost) {
        waiting.set(rank);
        highestWaiting = Math.max(highestWaiting, rank);
    }

    @Override
    public long weight(int rank) {
        return 1;
    }

    @Override
    public int poll() {
        if (next < 0) {
            BitSet polled = level;
            level = waiting;
            waiting = polled;
            next = highestWaiting;
            highestWaiting = -1;
            key++;
        }
        int first = next;
        level.clear(first);
        next = level.previousSetBit(first);
        return first;
    }
}
