package dev.belay.versys.client;

import java.time.Duration;

/// How much time several transfers may still take together. Metadata of which nobody knows yet
/// whether it is honest must not hold a host, however it is parted into files.
final class Allowance {
    private final long started = System.nanoTime();
    private final Duration total;

    Allowance(Duration total) {
        this.total = total;
    }

    /// What is left, zero or less when the time is over.
    Duration left() {
        return total.minusNanos(System.nanoTime() - started);
    }

    /// One that ends with this one, and after that time at the latest.
    Allowance atMost(Duration time) {
        Duration left = left();
        return new Allowance(left.compareTo(time) < 0 ? left : time);
    }

    boolean isOver() {
        return !left().isPositive();
    }
}
