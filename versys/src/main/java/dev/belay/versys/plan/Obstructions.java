package dev.belay.versys.plan;

/// The combinations of obstacles that a search met, each as bits of [Obstacle].
///
/// @param combinations the bit `1 << c` stands for the combination `c`
record Obstructions(int combinations) {
    /// Nothing was in the way.
    static final Obstructions NONE = new Obstructions(0);

    /// Anything may be in the way.
    static final Obstructions UNKNOWN = new Obstructions(-1);

    Obstructions with(int obstacles) {
        int bit = 1 << obstacles;
        return (combinations & bit) != 0 ? this : new Obstructions(combinations | bit);
    }

    Obstructions and(Obstructions more) {
        return new Obstructions(combinations | more.combinations);
    }

    /// Whether one of them vanishes if these obstacles are ignored.
    boolean openAcross(int ignored) {
        for (int each = 1; each < Integer.SIZE; each++) {
            if ((combinations & 1 << each) != 0 && (each & ~ignored) == 0) {
                return true;
            }
        }
        return false;
    }
}
