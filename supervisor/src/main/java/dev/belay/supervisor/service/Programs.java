package dev.belay.supervisor.service;

import dev.belay.supervisor.deployment.Home;
import dev.belay.versys.release.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// How what a release brings is run: its service, its hooks, and the question how it is. The one
/// seam between what moves a home and the processes of the host.
public interface Programs {
    /// Real processes.
    Programs OF_HOST = new Programs() {};

    /// What starts and stops the product of a home.
    ///
    /// @param declared what the release says of its service
    default ServiceControl service(Home home, Optional<Service> declared, InstantSource clock) {
        return declared.orElse(null) instanceof Service.Systemd systemd
                ? new SystemdUnit(
                        systemd.unit(),
                        systemd.startTimeout(),
                        home.root(),
                        ProductEnvironment.clean())
                : new OwnProcess(home.serviceRecord(), home.productLog(), clock);
    }

    /// Runs a hook to its end; see [Hook#run].
    default void hook(String name, Launch launch, Duration deadline) {
        Hook.run(name, launch, deadline);
    }

    /// Waits until a started product is healthy, dead or out of time.
    ///
    /// @param asking asks it for real; see [HealthProbe]
    default HealthResult health(ServiceControl service, Supplier<HealthResult> asking) {
        return asking.get();
    }
}
