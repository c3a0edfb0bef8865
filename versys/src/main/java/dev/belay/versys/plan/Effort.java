package dev.belay.versys.plan;

/// How much one request may search for ways around stops that depend on an origin. What they leave
/// open may double with each of them, and a small document must not cost a host minutes.
final class Effort {
    private static final int LIMIT = 2_000_000;
    private int left = LIMIT;

    /// @return whether there was so much left
    boolean spend(int amount) {
        left = Math.max(0, left - amount);
        return left > 0;
    }

    /// Whether the search was given up: hosts are then led over every such stop.
    boolean isSpent() {
        return left == 0;
    }
}
