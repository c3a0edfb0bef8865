package dev.belay.server.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// What was counted since the start. Safe for use by many threads; counting never blocks.
public final class Counters {
    private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

    public Counters() {
        for (Counter counter : Counter.values()) {
            counts.put(counter, new LongAdder());
        }
    }

    /// One more.
    public void count(Counter counter) {
        Objects.requireNonNull(counts.get(counter)).increment();
    }

    /// How many so far.
    public long of(Counter counter) {
        return Objects.requireNonNull(counts.get(counter)).sum();
    }
}
