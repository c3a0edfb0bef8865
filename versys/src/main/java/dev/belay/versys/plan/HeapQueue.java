package dev.belay.versys.plan;

import java.util.Arrays;

/// The queue where hops weigh differently: a binary heap in plain arrays. Why not a `PriorityQueue`
/// is in docs/adr/0012-own-queues.md.
final class HeapQueue implements CostQueue {
    private final long[] weights;
    private long[] keys = new long[64];
    private int[] ranks = new int[64];
    private int size;

    HeapQueue(long[] weights) {
        this.weights = weights;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public long firstKey() {
        return keys[0];
    }

    @Override
    public void add(int word, long ranks, long cost) {
        for (long left = ranks; left != 0; left &= left - 1) {
            int rank = RankBits.first(word, left);
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                this.ranks = Arrays.copyOf(this.ranks, 2 * size);
            }
            rise(size++, cost + weights[rank], rank);
        }
    }

    @Override
    public long weight(int rank) {
        return weights[rank];
    }

    @Override
    public int poll() {
        int first = ranks[0];
        size--;
        if (size > 0) {
            sink(keys[size], ranks[size]);
        }
        return first;
    }

    private void rise(int place, long key, int rank) {
        int at = place;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(key, rank, keys[parent], ranks[parent])) {
                break;
            }
            keys[at] = keys[parent];
            ranks[at] = ranks[parent];
            at = parent;
        }
        keys[at] = key;
        ranks[at] = rank;
    }

    private void sink(long key, int rank) {
        int at = 0;
        int parents = size >>> 1;
        while (at < parents) {
            int child = 2 * at + 1;
            int other = child + 1;
            if (other < size && isBefore(keys[other], ranks[other], keys[child], ranks[child])) {
                child = other;
            }
            long childKey = keys[child];
            int childRank = ranks[child];
            if (!isBefore(childKey, childRank, key, rank)) {
                break;
            }
            keys[at] = childKey;
            ranks[at] = childRank;
            at = child;
        }
        keys[at] = key;
        ranks[at] = rank;
    }

    /// Equal keys come newest first, so that the order never depends on the heap's history.
    private static boolean isBefore(long key, int rank, long otherKey, int otherRank) {
        return key < otherKey || (key == otherKey && rank > otherRank);
    }
}
