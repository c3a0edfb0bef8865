package dev.belay.supervisor.agent;

/// Starts the product. The one thing besides updates that the agent changes on a host.
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
}
