package dev.belay.supervisor.agent;

import dev.belay.supervisor.agent.push.Backoff;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// When to look for news without being told. Pure.
///
/// @param withPush the middle of the time between looks while the event stream is open: only a
///   safety net
/// @param withoutPush the same while it is not
/// @param afterFailure the waits after looks that failed
/// @param hintGap the least time between a look and one that an event asks for, so that a server
///   gone mad cannot make this host busy
record NewsSchedule(
        Duration withPush, Duration withoutPush, Backoff afterFailure, Duration hintGap) {
    /// Six hours with push, `poll` without.
    static NewsSchedule every(Duration poll) {
        return new NewsSchedule(
                Duration.ofHours(6),
                poll,
                new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(15)),
                Duration.ofMillis(500));
    }

    /// The time between the last look and the next that nobody asks for, spread by a fifth either
    /// way so that hosts which started together do not stay together.
    ///
    /// @param connected whether the event stream is open now
    /// @param failures looks that failed in a row
    /// @param seed makes the spread, the same for the same seed
    Duration interval(boolean connected, int failures, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        if (failures > 0) {
            return afterFailure.delay(failures - 1, random);
        }
        long middle = (connected ? withPush : withoutPush).toMillis();
        long spread = middle / 5;
        return Duration.ofMillis(middle - spread + random.nextLong(2 * spread + 1));
    }
}
