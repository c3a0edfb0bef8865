package dev.belay.supervisor.service;

import java.time.Duration;

/// The verdict of a [HealthProbe].
public sealed interface HealthResult {
    /// It answered well as often in a row as asked.
    record Healthy(Duration after) implements HealthResult {}

    /// It did not.
    ///
    /// @param kind `product-died`, `health-wrong-answer`, `health-refused`, `health-timeout`,
    ///   `health-address` or `interrupted`
    /// @param message what was seen, in words that follow the version: `did not become healthy …`
    record Unhealthy(String kind, String message) implements HealthResult {}
}
