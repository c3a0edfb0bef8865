package dev.belay.versys.plan;

import dev.belay.versys.plan.index.RankBits;

/// The queue where every hop counts the same: the releases of one number of hops after the other.
final class LevelQueue implements CostQueue {
    private RankBits level;
    private RankBits waiting;
    private int word = -1;
    private int highestWaiting = -1;
    private long key;

    LevelQueue(int count) {
        level = new RankBits(count);
        waiting = new RankBits(count);
    }

    @Override
    public boolean isEmpty() {
        skipEmpty();
        return word < 0 && highestWaiting < 0;
    }

    @Override
    public long firstKey() {
        skipEmpty();
        return word < 0 ? key + 1 : key;
    }

    /// The cost is that of the level being polled.
    @Override
    public void add(int word, long ranks, long cost) {
        waiting.add(word, ranks);
        highestWaiting = Math.max(highestWaiting, word);
    }

    @Override
    public long weight(int rank) {
        return 1;
    }

    @Override
    public int poll() {
        skipEmpty();
        if (word < 0) {
            RankBits polled = level;
            level = waiting;
            waiting = polled;
            word = highestWaiting;
            highestWaiting = -1;
            key++;
            skipEmpty();
        }
        int first = RankBits.last(word, level.word(word));
        level.remove(first);
        return first;
    }

    private void skipEmpty() {
        while (word >= 0 && level.word(word) == 0) {
            word--;
        }
    }
}
