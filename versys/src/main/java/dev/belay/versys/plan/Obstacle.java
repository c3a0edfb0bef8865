package dev.belay.versys.plan;

/// Kinds of obstacles on a move, mildest first. A search may ignore some of them to find out what
/// is in the way.
enum Obstacle {
    /// Passes by itself: a rollout or a date.
    TIME(1),
    /// The host's own choice: a rejected release or a pin.
    HOLD(2),
    /// The admin can do something: a risk to accept, a requirement to meet.
    CONDITION(4),
    /// The vendor's word: blocked, withdrawn, dead end, no bundle for the platform.
    VENDOR(8),
    /// Never ignored: not in the channel, a stop in between, a downgrade that was not allowed.
    NEVER(16);

    private final int bit;

    Obstacle(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /// How many kinds, mildest first, have to be ignored to pass it.
    int level() {
        return levelOf(bit);
    }

    /// The level of the gravest of several obstacles; 0 if there are none.
    static int levelOf(int bits) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(bits);
    }
}
