package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.supervisor.transaction.HomeLock;
import dev.belay.supervisor.transaction.HostParts;
import dev.belay.supervisor.transaction.Product;
import dev.belay.versys.version.Version;
import java.nio.file.Files;

/// Starts the current release of a real home.
final class LockedStarter implements ProductStarter {
    private final HostParts parts;

    LockedStarter(HostParts parts) {
        this.parts = parts;
    }

    /// A product that was never started did not crash either, but nobody stopped it:
    /// `service.json`, which starting and stopping leave behind, tells the two apart.
    @Override
    public boolean stoppedOnPurpose() {
        return parts.home()
                        .installed()
                        .map(version ->
                                parts.product(Deployment.open(parts.home(), version)).status())
                        .filter(status ->
                                status instanceof ServiceStatus.Stopped(boolean crashed, _)
                                        && !crashed)
                        .isPresent()
                && Files.exists(parts.home().own("service.json"));
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
                                            "Put a release there: supervisor install" + " --help"));
            Product product = parts.product(Deployment.open(parts.home(), installed));
            if (!product.status().running()) {
                product.start();
            }
        }
    }
}
