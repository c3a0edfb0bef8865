package dev.belay.versys.plan;

/// Ranks not yet settled, with "the next one from here" in nearly constant time: a bit for each,
/// and a bit for each word that has any.
final class Unsettled {
    private final long[] words;
    private final long[] summary;
    private final int count;

    private Unsettled(long[] words, long[] summary, int count) {
        this.words = words;
        this.summary = summary;
        this.count = count;
    }

    /// All ranks.
    static Unsettled all(int count) {
        Unsettled all = empty(count);
        for (int rank = 0; rank < count; rank++) {
            all.add(rank);
        }
        return all;
    }

    static Unsettled empty(int count) {
        int words = count / Long.SIZE + 1;
        return new Unsettled(new long[words], new long[words / Long.SIZE + 1], count);
    }

    void add(int rank) {
        int word = rank >> 6;
        words[word] |= 1L << rank;
        summary[word >> 6] |= 1L << word;
    }

    void addAll(Unsettled others) {
        for (int word = 0; word < words.length; word++) {
            words[word] |= others.words[word];
        }
        for (int word = 0; word < summary.length; word++) {
            summary[word] |= others.summary[word];
        }
    }

    boolean contains(int rank) {
        return (words[rank >> 6] & 1L << rank) != 0;
    }

    Unsettled copy() {
        return new Unsettled(words.clone(), summary.clone(), count);
    }

    /// The first remaining rank at or after one; the count of ranks if there is none.
    int next(int rank) {
        return next(rank, count);
    }

    /// The first remaining rank at or after one; if there is none below the end, any rank that is
    /// not below it.
    int next(int rank, int end) {
        if (rank >= end) {
            return end;
        }
        int word = rank >> 6;
        long rest = words[word] & -1L << rank;
        if (rest == 0) {
            if (word == (end - 1) >> 6) {
                return end;
            }
            rest = words[++word];
            if (rest == 0) {
                word = nextWord(word + 1);
                if (word < 0) {
                    return count;
                }
                rest = words[word];
            }
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    private int nextWord(int word) {
        int place = word >> 6;
        if (place >= summary.length) {
            return -1;
        }
        long rest = summary[place] & -1L << word;
        while (rest == 0) {
            if (++place == summary.length) {
                return -1;
            }
            rest = summary[place];
        }
        return (place << 6) + Long.numberOfTrailingZeros(rest);
    }

    void remove(int rank) {
        int word = rank >> 6;
        words[word] &= ~(1L << rank);
        if (words[word] == 0) {
            summary[word >> 6] &= ~(1L << word);
        }
    }
}
