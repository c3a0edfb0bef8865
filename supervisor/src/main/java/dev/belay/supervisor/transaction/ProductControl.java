package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Deployment;
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
    public void start() {
        try (HomeLock _ = HomeLock.take(parts.home().own(), parts.command())) {
            installed().start();
        }
    }

    /// Starts it and waits until it is healthy.
    ///
    /// @throws BelayException `health-…` or `product-died`; the process is left as it is
    public void startHealthy() {
        start();
        installed().requireHealthy(parts.aborted());
    }

    /// Stops it and waits until it is gone.
    public void stop() {
        try (HomeLock _ = HomeLock.take(parts.home().own(), parts.command())) {
            installed().stop();
        }
    }

    /// Whether it runs.
    public ServiceStatus status() {
        return installed().status();
    }

    private Product installed() {
        return parts.product(
                Deployment.open(
                        parts.home(),
                        parts.home()
                                .installed()
                                .orElseThrow(() ->
                                        new BelayException(
                                                "nothing-installed",
                                                "Nothing is installed here.",
                                                "See: supervisor install --help"))));
    }
}
