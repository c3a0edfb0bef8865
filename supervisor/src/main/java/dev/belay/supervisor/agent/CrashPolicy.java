package dev.belay.supervisor.agent;

import dev.belay.supervisor.agent.push.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// How often a crashing product is started again: with growing waits, and no more once it has
/// crashed `limit` times within `window`. Pure.
///
/// @param limit crashes within the window after which the agent holds
/// @param window crashes older than this are forgotten
/// @param backoff the waits between starts
record CrashPolicy(int limit, Duration window, Backoff backoff) {
    /// Five crashes in ten minutes; waits from one second to a minute.
    static final CrashPolicy DEFAULT =
            new CrashPolicy(
                    5,
                    Duration.ofMinutes(10),
                    new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));

    /// The state after one more crash.
    AgentState afterCrash(
            List<Instant> earlier, Instant now, String reason, RandomGenerator random) {
        Instant oldest = now.minus(window);
        List<Instant> crashes =
                Stream.concat(
                                earlier.stream().filter(crash -> crash.isAfter(oldest)),
                                Stream.of(now))
                        .toList();
        return crashes.size() >= limit
                ? new AgentState.Holding(crashes.size(), now, reason)
                : new AgentState.Restarting(
                        crashes, now.plus(backoff.delay(crashes.size() - 1, random)), reason);
    }
}
