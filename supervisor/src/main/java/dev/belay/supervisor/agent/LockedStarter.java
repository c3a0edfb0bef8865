package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.supervisor.transaction.HomeLock;
import dev.belay.supervisor.transaction.HostParts;
import dev.belay.supervisor.transaction.Product;
import dev.belay.versys.version.Version;

/// Starts the current release of a real home.
final class LockedStarter implements ProductStarter {
    private final HostParts parts;

    LockedStarter(HostParts parts) {
        this.parts = parts;
    }

    @Override
    public boolean stoppedOnPurpose() {
        return parts.home()
                .installed()
                .map(version -> parts.product(Deployment.open(parts.home(), version)))
                .filter(LockedStarter::stoppedOnPurpose)
                .isPresent();
    }

    @Override
    public void start() {
        try (HomeLock _ = HomeLock.take(parts.home().own(), parts.command())) {
            Version installed =
                    parts.home()
                            .installed()
                            .orElseThrow(() ->
                                    new BelayException(
                                            "nothing-installed",
                                            "Nothing is installed in " + parts.home().root() + ".",
                                            "Put a release there: supervisor install --help"));
            Product product = parts.product(Deployment.open(parts.home(), installed));
            // a person may have stopped it since it was seen down
            if (!product.status().running() && !stoppedOnPurpose(product)) {
                product.start();
            }
        }
    }

    private static boolean stoppedOnPurpose(Product product) {
        return product.status() instanceof ServiceStatus.Stopped(ServiceStatus.Cause cause, _)
                && cause == ServiceStatus.Cause.ON_PURPOSE;
    }
}
