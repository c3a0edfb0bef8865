package dev.belay.supervisor.agent.push;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: doubling, capped, and spread at random over the upper
/// half so that ten thousand hosts which lost one server do not come back in one second.
///
/// @param first the middle of the first wait
/// @param longest no wait is longer
public record Backoff(Duration first, Duration longest) {
    /// @throws IllegalArgumentException unless `0 < first <= longest`
    public Backoff {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("first must be positive and at most longest");
        }
    }

    /// The wait before attempt number `attempt` (0 for the first), between half and all of the
    /// doubled and capped step.
    public Duration delay(int attempt, RandomGenerator random) {
        long cap = longest.toMillis();
        long step = first.toMillis() << Math.min(attempt, 20);
        long bounded = Math.max(1, Math.min(step, cap));
        return Duration.ofMillis(bounded / 2 + random.nextLong(bounded - bounded / 2 + 1));
    }
}
