package dev.belay.supervisor.service;

import java.time.Duration;

/// Asks the product how it is, each time anew.
interface HealthAsker extends AutoCloseable {
    /// How long one answer may take.
    Duration PATIENCE = Duration.ofSeconds(10);

    /// Whom it asks, for messages; without secrets.
    String whom();

    /// Asks once. Never throws for what the product does or does not do.
    ///
    /// @param left the time that is left for the whole check
    HealthAnswer ask(Duration left);

    /// How soon it asks again after an answer that was not good.
    default Duration again() {
        return Duration.ofMillis(150);
    }

    @Override
    default void close() {}

    /// How long to wait for an answer.
    static Duration wait(Duration left) {
        return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
    }

    /// No answer came in time.
    static HealthAnswer late(Duration left) {
        return new HealthAnswer.Silent(
                left.compareTo(PATIENCE) < 0
                        ? "had not answered when the time was up"
                        : "did not answer within " + PATIENCE.toSeconds() + " s");
    }
}
