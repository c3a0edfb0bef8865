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
    private static final Duration SLACK = Duration.ofMinutes(5);
    private static final String LINES = "20";
    private final String unit;
    private final Duration startTimeout;
    private final Path home;
    private final Map<String, String> environment;

    /// @param unit name of the unit, for example `shop.service`
    /// @param startTimeout how long a start may take; one that takes longer is stopped
    /// @param home working directory of `systemctl`
    /// @param environment environment of `systemctl`; its `PATH` says where it is found
    public SystemdUnit(
            String unit, Duration startTimeout, Path home, Map<String, String> environment) {
        this.unit = unit;
        this.startTimeout = startTimeout;
        this.home = home;
        this.environment = environment;
    }

    @Override
    public void start(Launch launch) {
        ExternalCommand.Result result = systemctl(startTimeout, "start", unit);
        if (result.timedOut()) {
            // systemd would go on starting it, with nobody waiting
            boolean stopped = systemctl(SLACK, "stop", unit).succeeded();
            throw new ProgramFailure(
                    "service-start-failed",
                    unit
                            + " had not started after "
                            + startTimeout.toSeconds()
                            + (stopped ? " s and was stopped." : " s and cannot be stopped."),
                    "See: journalctl -u " + unit,
                    lastOutput(),
                    null);
        }
        require("service-start-failed", result);
    }

    @Override
    public void stop(Duration patience) {
        // systemd kills by the unit's own TimeoutStopSec; ours only bounds the wait for it
        require("service-stop-failed", systemctl(patience.plus(SLACK), "stop", unit));
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

    /// What the journal has of the unit's last start. A host whose journal this account may not
    /// read has nothing to show.
    @Override
    public String lastOutput() {
        String invocation =
                systemctl(ASK, "show", "--property=InvocationID", "--value", unit).output();
        if (!invocation.matches("[0-9a-f]{32}")) {
            return "";
        }
        try {
            ExternalCommand.Result journal =
                    command(
                            ASK,
                            "journalctl",
                            "_SYSTEMD_INVOCATION_ID=" + invocation,
                            "--lines=" + LINES,
                            "--output=cat",
                            "--no-pager",
                            "--quiet");
            return journal.succeeded() ? journal.output() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private ExternalCommand.Result systemctl(Duration deadline, String... arguments) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(arguments));
        try {
            return command(deadline, command.toArray(String[]::new));
        } catch (IOException e) {
            throw new BelayException(
                    "systemctl-missing",
                    "systemctl cannot be run: " + e.getMessage(),
                    "The release runs as a systemd unit; this host needs systemd.",
                    e);
        }
    }

    private ExternalCommand.Result command(Duration deadline, String... command)
            throws IOException {
        return new ExternalCommand(List.of(command), home, environment, Optional.empty())
                .run(deadline);
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
