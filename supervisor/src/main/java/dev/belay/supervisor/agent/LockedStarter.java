package dev.belay.supervisor.agent;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.service.ProgramFailure;
import dev.belay.supervisor.service.ServiceStatus;
import java.util.Optional;

/// Starts the current release of a real home.
final class LockedStarter implements ProductStarter {
    private final HostParts parts;

    LockedStarter(HostParts parts) {
        this.parts = parts;
    }

    @Override
    public boolean stoppedOnPurpose() {
        return parts.home().installed().isPresent() && product().status().stoppedOnPurpose();
    }

    @Override
    public void start() {
        try (HomeLock _ = HomeLock.take(parts.home(), parts.command())) {
            new HostUpdates(parts).requireNotInterrupted();
            Product product = product();
            // a person may have stopped it since it was seen down
            ServiceStatus status = product.status();
            if (!status.running() && !status.stoppedOnPurpose()) {
                product.start();
            }
        }
    }

    @Override
    public Optional<String> ill() {
        try {
            product().requireHealthy(parts.aborted());
            return Optional.empty();
        } catch (ProgramFailure failure) {
            return failure.kind().startsWith("health-")
                    ? Optional.of(String.valueOf(failure.getMessage()))
                    : Optional.empty();
        }
    }

    private Product product() {
        return parts.product(Deployment.installed(parts.home()));
    }
}
