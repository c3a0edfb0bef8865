package dev.belay.supervisor.agent;

import java.util.Optional;

/// Starts the product, the one thing besides updates that the agent changes on a host, and asks how
/// it is.
interface ProductStarter {
    /// Starts the current release's service if it does not run, holding the home's lock meanwhile,
    /// and returns when its process runs.
    ///
    /// @throws dev.belay.supervisor.deployment.HomeLockedException if another supervisor works on
    ///   the home
    /// @throws dev.belay.packaging.failure.BelayException if it cannot be started
    void start();

    /// Whether a person stopped the product, so that it must not be started. Asked only of a
    /// product that does not run.
    boolean stoppedOnPurpose();

    /// Asks a running product until it has answered well often enough, or its time to become
    /// healthy is over.
    ///
    /// @return what is wrong with it, in words; empty if it is healthy, or has ended, which is seen
    ///   otherwise
    Optional<String> ill();
}
