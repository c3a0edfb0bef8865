package dev.belay.supervisor.service;

import java.time.Instant;

/// Whether the product runs.
public sealed interface ServiceStatus {
    /// It runs.
    ///
    /// @param words who and since when, for example `process 4711 since 2026-01-02 03:04:05 UTC`
    record Running(String words, Instant since) implements ServiceStatus {}

    /// It does not.
    ///
    /// @param cause who ended it
    /// @param words why, as far as known
    record Stopped(Cause cause, String words) implements ServiceStatus {}

    /// Why a product does not run.
    enum Cause {
        /// It ended without having been asked to.
        CRASHED,
        /// Somebody stopped it, or left it stopped; it must not be started for them.
        ON_PURPOSE,
        /// Nobody has started it yet.
        NEVER_STARTED
    }

    /// Whether it runs.
    default boolean running() {
        return this instanceof Running;
    }

    /// Whether a person stopped it, so that it must not be started for them.
    default boolean stoppedOnPurpose() {
        return this instanceof Stopped(Cause cause, String _) && cause == Cause.ON_PURPOSE;
    }

    /// The state for people.
    String words();
}
