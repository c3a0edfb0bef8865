package dev.belay.versys.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What may be in the way of a move. [Situation] asks for all of them once and answers in bits: the
/// low ones say how grave it is (see [Obstacle]), the others what it is; [Obstacles] puts those in
/// words.
enum Cause {
    /// The release is not in the channel that was asked for.
    UNLISTED(Obstacle.NEVER),
    WITHDRAWN(Obstacle.VENDOR),
    ABOVE_HEAD(Obstacle.VENDOR),
    BELOW_FLOOR(Obstacle.VENDOR),
    NO_BUNDLE(Obstacle.VENDOR),
    ROLLOUT(Obstacle.TIME),
    NOT_BEFORE(Obstacle.TIME),
    REJECTED(Obstacle.HOLD),
    /// Above the admin's own ceiling.
    PIN(Obstacle.HOLD),
    REQUIRES(Obstacle.CONDITION),
    DOWNGRADE(Obstacle.NEVER),
    DEAD_END(Obstacle.VENDOR),
    RELEASED_EARLIER(Obstacle.VENDOR),
    BLOCKED(Obstacle.VENDOR),
    RISK(Obstacle.CONDITION),
    /// A rollout of this move alone.
    MOVE_ROLLOUT(Obstacle.TIME);

    private static final int GRAVITY = (1 << 8) - 1;

    private final Obstacle obstacle;
    private final int bits;

    Cause(Obstacle obstacle) {
        this.obstacle = obstacle;
        this.bits = self() | obstacle.bit();
    }

    @SuppressWarnings("EnumOrdinal") // bits of one process, never written down
    private int self() {
        return 1 << (8 + ordinal());
    }

    int bits() {
        return bits;
    }

    /// The bits if it is in the way.
    int bitsIf(boolean found) {
        return found ? bits : 0;
    }

    /// Whether some bits name it.
    boolean isIn(int bits) {
        return (bits & self()) != 0;
    }

    /// How grave some causes are, as bits of [Obstacle].
    static int gravity(int bits) {
        return bits & GRAVITY;
    }

    /// The causes that some bits name.
    static List<Cause> of(int bits) {
        return Arrays.stream(values()).filter(cause -> cause.isIn(bits)).toList();
    }

    Obstacle obstacle() {
        return obstacle;
    }

    boolean is(Reason reason) {
        return reason.kind().equals(kind());
    }

    /// The name in answers: `above-head`.
    String kind() {
        return this == MOVE_ROLLOUT
                ? ROLLOUT.kind()
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
