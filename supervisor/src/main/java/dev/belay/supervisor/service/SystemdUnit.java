package dev.belay.supervisor.service;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The product as a unit that systemd runs; wraps `systemctl` (systemctl(1)). The unit itself is
/// the admin's or the vendor's and starts what `<home>/current` points to.
public final class SystemdUnit implements ServiceControl {
    private static final Duration ASK = Duration.ofSeconds(15);
    private static final Duration START = Duration.ofMinutes(5);
    private final String unit;
    private final Path home;
    private final Map<String, String> environment;

    /// @param unit name of the unit, for example `shop.service`
    /// @param home working directory of `systemctl`
    /// @param environment environment of `systemctl`; its `PATH` says where it is found
    public SystemdUnit(String unit, Path home, Map<String, String> environment) {
        this.unit = unit;
        this.home = home;
        this.environment = environment;
    }

    @Override
    public void start(Launch launch) {
        require("service-start-failed", systemctl(START, "start", unit));
    }

    @Override
    public void stop(Duration patience) {
        // systemd kills by the unit's own TimeoutStopSec; ours only bounds the wait for it
        require("service-stop-failed", systemctl(patience.plus(START), "stop", unit));
    }

    @Override
    public ServiceStatus status() {
        String state = systemctl(ASK, "is-active", unit).output();
        return switch (state) {
            case "active", "activating", "reloading" ->
                    new ServiceStatus.Running(
                            "systemd unit " + unit + " is " + state, Instant.EPOCH);
            case "failed" -> new ServiceStatus.Stopped(true, "systemd unit " + unit + " failed");
            default -> new ServiceStatus.Stopped(false, "systemd unit " + unit + " is " + state);
        };
    }

    private ExternalCommand.Result systemctl(Duration deadline, String... arguments) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(arguments));
        try {
            return new ExternalCommand(command, home, environment, Optional.empty()).run(deadline);
        } catch (IOException e) {
            throw new BelayException(
                    "systemctl-missing",
                    "systemctl cannot be run: " + e.getMessage(),
                    "The release runs as a systemd unit; this host needs systemd.",
                    e);
        }
    }

    private void require(String kind, ExternalCommand.Result result) {
        if (!result.succeeded()) {
            throw new BelayException(
                    kind,
                    "systemctl failed for "
                            + unit
                            + (result.timedOut() ? " (no answer in time)" : "")
                            + ": "
                            + result.output(),
                    "See: journalctl -u " + unit);
        }
    }
}
