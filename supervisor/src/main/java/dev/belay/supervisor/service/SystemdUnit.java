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

    /// An inactive unit counts as stopped on purpose: systemd forgets a unit that nothing refers
    /// to, so that it cannot tell one that a person stopped from one that was never started, and
    /// whether a unit starts at boot is for `systemctl enable` to say. A unit that ended by itself
    /// with an error is `failed`.
    @Override
    public ServiceStatus status() {
        String state = systemctl(ASK, "is-active", unit).output();
        String words = "systemd unit " + unit + " is " + state;
        return switch (state) {
            case "active", "activating", "reloading", "refreshing", "deactivating" ->
                    new ServiceStatus.Running(words, Instant.EPOCH);
            case "failed" ->
                    new ServiceStatus.Stopped(
                            ServiceStatus.Cause.CRASHED, "systemd unit " + unit + " failed");
            default -> new ServiceStatus.Stopped(ServiceStatus.Cause.ON_PURPOSE, words);
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
            throw new ProgramFailure(
                    kind,
                    "systemctl failed for "
                            + unit
                            + (result.timedOut() ? " (no answer in time)" : "")
                            + ": "
                            + result.output(),
                    "See: journalctl -u " + unit,
                    result.output(),
                    null);
        }
    }
}
