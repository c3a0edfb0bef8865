package dev.belay.supervisor.service;

import java.time.Instant;

/// Whether the product runs.

public sealed interface ServiceStatus {
    /// It runs.
    ///
    /// @param words who and since when, for example `process 4711 since 2026-01-02T03:04:05Z`
    record Running(String words, Instant since) implements ServiceStatus {}

    /// It does not.
    ///
    /// @param crashed whether it ended without having been asked to
    /// @param words why, as far as known
    record Stopped(boolean crashed, String words) implements ServiceStatus {}

    /// Whether it runs.
    default boolean running() {
        return this instanceof Running;
    }

    /// The state for people.
    String words();
}
