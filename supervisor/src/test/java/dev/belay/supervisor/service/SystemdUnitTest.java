package dev.belay.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdUnitTest {
    @TempDir Path directory;
    private SystemdUnit unit;

    @BeforeEach
    void aSystemctlThatNotesItsCalls() throws Exception {
        Path systemctl = Files.createDirectory(directory.resolve("bin")).resolve("systemctl");
        Files.writeString(
                systemctl,
                """
                #!/bin/sh
                echo "$@" >> calls
                case "$1" in
                  is-active) cat state;;
                  show) echo 0123456789abcdef0123456789abcdef;;
                  start) [ ! -f slow ] || sleep 600; [ ! -f broken ] || { echo 'Job failed.' >&2; exit 1; }; echo active > state;;
                  stop) echo inactive > state;;
                esac
                """);
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("state"), "inactive");
        unit =
                new SystemdUnit(
                        "shop.service",
                        Duration.ofSeconds(2),
                        directory,
                        Map.of("PATH", directory.resolve("bin") + ":/usr/bin:/bin"));
    }

    @Test
    void startsAndStopsTheUnit() throws Exception {
        assertThat(unit.status().running()).isFalse();
        unit.start(launch());
        assertThat(unit.status().running()).isTrue();
        unit.stop(Duration.ofSeconds(5));
        assertThat(unit.status())
                .isEqualTo(
                        new ServiceStatus.Stopped(
                                ServiceStatus.Cause.ON_PURPOSE,
                                "systemd unit shop.service is inactive"));
        assertThat(Files.readString(directory.resolve("calls")))
                .contains("start shop.service", "stop shop.service");
    }

    @Test
    void aFailedUnitHasCrashed() throws Exception {
        Files.writeString(directory.resolve("state"), "failed");
        assertThat(unit.status())
                .isEqualTo(
                        new ServiceStatus.Stopped(
                                ServiceStatus.Cause.CRASHED, "systemd unit shop.service failed"));
    }

    @Test
    void saysWhySystemdRefuses() throws Exception {
        Files.createFile(directory.resolve("broken"));
        assertThatThrownBy(() -> unit.start(launch()))
                .hasMessageContaining("Job failed.")
                .hasMessageContaining("shop.service");
    }

    @Test
    void aStartThatTakesTooLongIsStoppedAndShowsTheJournalOfThisStart() throws Exception {
        Files.createFile(directory.resolve("slow"));
        Path journalctl = directory.resolve("bin/journalctl");
        Files.writeString(
                journalctl,
                """
                #!/bin/sh
                [ "$1" = _SYSTEMD_INVOCATION_ID=0123456789abcdef0123456789abcdef ] && echo 'no licence'
                """);
        Files.setPosixFilePermissions(journalctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> unit.start(launch()))
                .isInstanceOfSatisfying(
                        ProgramFailure.class,
                        failure -> assertThat(failure.details()).containsExactly("no licence"))
                .hasMessageContaining("had not started after 2 s and was stopped");
        assertThat(Files.readString(directory.resolve("state"))).contains("inactive");
    }

    private Launch launch() {
        return new Launch("1", directory, List.of("systemctl"), Map.of(), Optional.empty());
    }
}
