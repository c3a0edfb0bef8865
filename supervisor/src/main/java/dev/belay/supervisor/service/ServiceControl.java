package dev.belay.supervisor.service;

import java.time.Duration;

/// Starts and stops the product. Both are idempotent, so that recovery may repeat them.
/// Implementations keep what they need to know on disk: another supervisor process can take over at
/// any moment.
public interface ServiceControl {
    /// Starts the product. If the same release runs already, does nothing. Returns when the process
    /// was started, not when it is healthy.
    ///
    /// @throws dev.belay.packaging.failure.BelayException `service-start-failed` if no process came
    ///   to be
    void start(Launch launch);

    /// Stops the product and returns when none of its processes is left.
    ///
    /// @param patience how long to wait after asking before killing
    /// @throws dev.belay.packaging.failure.BelayException `service-stop-failed` if one cannot be
    ///   ended
    void stop(Duration patience);

    /// The last lines that the product wrote since it was started, for messages; empty if it wrote
    /// none.
    String lastOutput();

    /// What is now, read from the system and not from memory.
    ServiceStatus status();
}
