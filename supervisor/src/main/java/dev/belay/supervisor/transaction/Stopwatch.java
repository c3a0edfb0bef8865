package dev.belay.supervisor.transaction;

import java.time.Duration;

/// Elapsed time by the monotonic clock: the wall clock may jump during an update.
public final class Stopwatch {
    private final long begin = System.nanoTime();

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
