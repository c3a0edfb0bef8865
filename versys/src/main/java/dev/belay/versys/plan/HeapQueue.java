package dev.belay.versys.plan;

import dev.belay.versys.plan.index.RankBits;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// The queue where hops weigh differently: a binary heap in plain arrays. Why not a `PriorityQueue`
/// is in docs/adr/0012-own-queues.md.
///
/// What is added together is one entry, under the lightest of it. The others come up when that one
/// was polled and its origins settled: mostly nothing can come through them any more by then.
final class HeapQueue implements CostQueue {
    private final long[] weights;
    private final IntPredicate useful;
    private long[] keys = new long[64];
    private int[] ranks = new int[64];

    /// The others, as bits of the word that the rank is in.
    private long[] others = new long[64];

    private int size;
    private int polled;
    private long polledCost;
    private long left;

    /// @param useful whether anything could still come through a release
    HeapQueue(long[] weights, IntPredicate useful) {
        this.weights = weights;
        this.useful = useful;
    }

    @Override
    public boolean isEmpty() {
        addLeft();
        return size == 0;
    }

    @Override
    public long firstKey() {
        addLeft();
        return keys[0];
    }

    @Override
    public void add(int word, long ranks, long cost) {
        int lightest = RankBits.first(word, ranks);
        for (long rest = ranks; rest != 0; rest &= rest - 1) {
            int rank = RankBits.first(word, rest);
            lightest = weights[rank] <= weights[lightest] ? rank : lightest;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            this.ranks = Arrays.copyOf(this.ranks, 2 * size);
            others = Arrays.copyOf(others, 2 * size);
        }
        rise(cost + weights[lightest], lightest, ranks & ~RankBits.bitOf(lightest));
    }

    private void addLeft() {
        int word = RankBits.wordOf(polled);
        long still = 0;
        for (long rest = left; rest != 0; rest &= rest - 1) {
            still |= useful.test(RankBits.first(word, rest)) ? rest & -rest : 0;
        }
        left = 0;
        if (still != 0) {
            add(word, still, polledCost);
        }
    }

    @Override
    public long weight(int rank) {
        return weights[rank];
    }

    @Override
    public int poll() {
        addLeft();
        polled = ranks[0];
        polledCost = keys[0] - weights[polled];
        left = others[0];
        size--;
        if (size > 0) {
            sink(keys[size], ranks[size], others[size]);
        }
        return polled;
    }

    private void rise(long key, int rank, long rest) {
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(key, rank, keys[parent], ranks[parent])) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, key, rank, rest);
    }

    private void sink(long key, int rank, long rest) {
        int at = 0;
        int parents = size >>> 1;
        while (at < parents) {
            int child = 2 * at + 1;
            int other = child + 1;
            if (other < size && isBefore(keys[other], ranks[other], keys[child], ranks[child])) {
                child = other;
            }
            if (!isBefore(keys[child], ranks[child], key, rank)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, key, rank, rest);
    }

    private void move(int from, int to) {
        put(to, keys[from], ranks[from], others[from]);
    }

    private void put(int at, long key, int rank, long rest) {
        keys[at] = key;
        ranks[at] = rank;
        others[at] = rest;
    }

    /// Equal keys come newest first, so that the order never depends on the heap's history.
    private static boolean isBefore(long key, int rank, long otherKey, int otherRank) {
        return key < otherKey || (key == otherKey && rank > otherRank);
    }
}
