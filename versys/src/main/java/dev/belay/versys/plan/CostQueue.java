package dev.belay.versys.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/// Settled releases in the order in which their own origins become reachable: cost plus the weight
/// of landing on the release. With equal weights it is a plain queue, else a binary heap.
final class CostQueue {
    /// A hop counts below everything else, so that ties go to fewer hops.
    private static final int HOP_BITS = 14;

    private static final long DEFAULT_DOWNTIME_SECONDS = 60;

    private final IntToLongFunction weight;
    private final boolean plain;
    private long[] keys = new long[64];
    private int[] ranks = new int[64];
    private int head;
    private int tail;

    private CostQueue(IntToLongFunction weight, boolean plain) {
        this.weight = weight;
        this.plain = plain;
    }

    static CostQueue of(Situation situation) {
        boolean plain =
                switch (situation.request().policy()) {
                    case LEAST_DOWNLOAD, LEAST_DOWNTIME -> false;
                    case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> true;
                };
        return new CostQueue(plain ? _ -> 1 : rank -> weight(situation, rank), plain);
    }

    /// What landing on a release costs under the request's policy.
    static long weight(Situation situation, int rank) {
        return switch (situation.request().policy()) {
            case LEAST_DOWNLOAD -> weight(situation.downloadBytes(rank));
            case LEAST_DOWNTIME ->
                    weight(
                            situation
                                    .release(rank)
                                    .downtime()
                                    .map(Duration::toSeconds)
                                    .orElse(DEFAULT_DOWNTIME_SECONDS));
            case FEWEST_HOPS, EVERY_MINOR, NEWEST_FIRST -> 1;
        };
    }

    /// Amounts beyond 16 GiB are cut so that the longest path still adds up.
    private static long weight(long amount) {
        return (Math.min(amount, 1L << 34) << HOP_BITS) + 1;
    }

    void clear() {
        head = 0;
        tail = 0;
    }

    boolean isEmpty() {
        return head == tail;
    }

    long firstKey() {
        return keys[head];
    }

    void add(int rank, long cost) {
        if (tail == keys.length) {
            keys = Arrays.copyOf(keys, 2 * tail);
            ranks = Arrays.copyOf(ranks, 2 * tail);
        }
        keys[tail] = cost + weight.applyAsLong(rank);
        ranks[tail] = rank;
        tail++;
        if (!plain) {
            rise(tail - 1);
        }
    }

    int poll() {
        int first = ranks[head];
        if (plain) {
            head++;
            return first;
        }
        tail--;
        keys[0] = keys[tail];
        ranks[0] = ranks[tail];
        sink();
        return first;
    }

    private void rise(int place) {
        int at = place;
        while (at > 0 && before(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void sink() {
        int at = 0;
        while (2 * at + 1 < tail) {
            int child = 2 * at + 1;
            if (child + 1 < tail && before(child + 1, child)) {
                child++;
            }
            if (!before(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    /// Equal keys come newest first, so that the order never depends on the heap's history.
    private boolean before(int left, int right) {
        return keys[left] < keys[right]
                || (keys[left] == keys[right] && ranks[left] > ranks[right]);
    }

    private void swap(int left, int right) {
        long key = keys[left];
        keys[left] = keys[right];
        keys[right] = key;
        int rank = ranks[left];
        ranks[left] = ranks[right];
        ranks[right] = rank;
    }
}
