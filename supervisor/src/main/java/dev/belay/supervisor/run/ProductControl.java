package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.HomeLockedException;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.service.ProgramFailure;
import dev.belay.supervisor.service.ServiceStatus;

/// Starts and stops the product outside of updates, holding the home's lock meanwhile.
public final class ProductControl {
    private final HostParts parts;

    public ProductControl(HostParts parts) {
        this.parts = parts;
    }

    /// Starts the installed release if it does not run, and returns when its process runs.
    ///
    /// @throws HomeLockedException if another supervisor works on the home
    /// @throws dev.belay.packaging.failure.RefusedException `run-interrupted` if the home may be
    ///   half moved to another release
    public void start() {
        try (HomeLock _ = HomeLock.take(parts.home(), parts.command())) {
            Unfinished.requireNone(parts.home());
            installed().start();
        }
    }

    /// Starts it and waits until it is healthy.
    ///
    /// @throws ProgramFailure `health-…` or `product-died`; a process that still runs is left
    ///   alone, because a person may want to look at it, and the failure says so
    public void startHealthy() {
        start();
        try {
            installed().requireHealthy(parts.aborted());
        } catch (ProgramFailure failure) {
            throw status().running()
                    ? failure.saying("It still runs; to stop it: supervisor stop")
                    : failure;
        }
    }

    /// Stops it and waits until it is gone.
    public void stop() {
        try (HomeLock _ = HomeLock.take(parts.home(), parts.command())) {
            installed().stop();
        }
    }

    /// Whether it runs.
    public ServiceStatus status() {
        return installed().status();
    }

    private Product installed() {
        return parts.product(Deployment.installed(parts.home()));
    }
}
