package dev.belay.versys.plan;

import java.util.Arrays;

/// The queue where hops weigh differently: a binary heap.
final class HeapQueue implements CostQueue {
    private final long[] weights;
    private long[] keys = new long[64];
    private int[] ranks = new int[64];
    private int size;

    HeapQueue(long[] weights) {
        this.weights = weights;
    }

    @Override
    public void clear() {
        size = 0;
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
    public void add(int rank, long cost) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            ranks = Arrays.copyOf(ranks, 2 * size);
        }
        rise(size++, cost + weights[rank], rank);
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
        while (at > 0 && isBefore(key, rank, (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        put(at, key, rank);
    }

    private void sink(long key, int rank) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(keys[child + 1], ranks[child + 1], child)) {
                child++;
            }
            if (!isBefore(keys[child], ranks[child], key, rank)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, key, rank);
    }

    private boolean isBefore(long key, int rank, int place) {
        return isBefore(key, rank, keys[place], ranks[place]);
    }

    /// Equal keys come newest first, so that the order never depends on the heap's history.
    private static boolean isBefore(long key, int rank, long otherKey, int otherRank) {
        return key < otherKey || (key == otherKey && rank > otherRank);
    }

    private void move(int place, int to) {
        keys[to] = keys[place];
        ranks[to] = ranks[place];
    }

    private void put(int place, long key, int rank) {
        keys[place] = key;
        ranks[place] = rank;
    }
}
