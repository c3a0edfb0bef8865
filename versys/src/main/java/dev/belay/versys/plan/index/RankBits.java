package dev.belay.versys.plan.index;

/// A set of ranks in words of 64. What a search does to releases it does to a word of them at a
/// time, which `BitSet` cannot; why that counts is in docs/adr/0012-own-queues.md.
public final class RankBits {
    private final long[] words;

    /// @param count the ranks are below it
    public RankBits(int count) {
        this(new long[(count + Long.SIZE - 1) >>> 6]);
    }

    private RankBits(long[] words) {
        this.words = words;
    }

    /// All ranks below one.
    static RankBits below(int count) {
        RankBits all = new RankBits(count);
        for (int rank = 0; rank < count; rank++) {
            all.add(rank);
        }
        return all;
    }

    public RankBits copy() {
        return new RankBits(words.clone());
    }

    public static int wordOf(int rank) {
        return rank >> 6;
    }

    public static long bitOf(int rank) {
        return 1L << rank;
    }

    /// The rank of the lowest bit of a word.
    public static int first(int word, long bits) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /// The rank of the highest bit of a word.
    public static int last(int word, long bits) {
        return (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    /// Those of one word that are between two ranks.
    ///
    /// @param end the rank after the last, above `low`
    public long between(int word, int low, int end) {
        long bits = words[word];
        if (word == wordOf(low)) {
            bits &= -1L << low;
        }
        if (word == wordOf(end - 1)) {
            bits &= -1L >>> -end;
        }
        return bits;
    }

    /// The first one that is not below a rank, or `end` if none of them is below that.
    public int next(int rank, int end) {
        for (int word = wordOf(rank); rank < end && word <= wordOf(end - 1); word++) {
            long bits = between(word, rank, end);
            if (bits != 0) {
                return first(word, bits);
            }
        }
        return end;
    }

    /// The ranks from 64 times the word on, the lowest bit first.
    public long word(int word) {
        return words[word];
    }

    public boolean contains(int rank) {
        return (words[wordOf(rank)] & bitOf(rank)) != 0;
    }

    public void add(int rank) {
        add(wordOf(rank), bitOf(rank));
    }

    public void add(int word, long bits) {
        words[word] |= bits;
    }

    public void remove(int rank) {
        remove(wordOf(rank), bitOf(rank));
    }

    public void remove(int word, long bits) {
        words[word] &= ~bits;
    }

    public void addAll(RankBits others) {
        for (int word = 0; word < words.length; word++) {
            words[word] |= others.words[word];
        }
    }
}
