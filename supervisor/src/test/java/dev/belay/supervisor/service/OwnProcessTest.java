package dev.belay.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProcessTest {
    @TempDir Path directory;
    private OwnProcess service;

    @BeforeEach
    void aService() {
        service = another();
    }

    @AfterEach
    void nothingIsLeftRunning() {
        service.stop(Duration.ZERO);
    }

    @Test
    void runsUntilItIsStopped() {
        service.start(launch("1", "echo hello; exec sleep 600"));
        assertThat(service.status()).isInstanceOf(ServiceStatus.Running.class);
        Awaitility.await().until(() -> service.lastOutput().equals("hello"));

        service.stop(Duration.ofSeconds(5));

        assertThat(service.status())
                .isEqualTo(new ServiceStatus.Stopped(ServiceStatus.Cause.ON_PURPOSE, "stopped"));
    }

    @Test
    void itsLastOutputIsThatOfTheLastStart() {
        service.start(launch("1", "echo old; exec sleep 600"));
        Awaitility.await().until(() -> service.lastOutput().equals("old"));
        service.stop(Duration.ZERO);
        service.start(launch("2", "exec sleep 600"));
        assertThat(service.lastOutput()).isEmpty();
        assertThat(directory.resolve("product.log")).content().contains("old", "2, started 20");
    }

    @Test
    void isFoundByAnotherSupervisor() {
        service.start(launch("1", "exec sleep 600"));
        OwnProcess heir = another();
        assertThat(heir.status().running()).isTrue();
        String words = heir.status().words();

        heir.start(launch("1", "exec sleep 600"));
        assertThat(heir.status().words()).isEqualTo(words);

        heir.stop(Duration.ofSeconds(5));
        assertThat(service.status().running()).isFalse();
    }

    @Test
    void isFoundThoughItsSupervisorWasKilledBeforeItKnewTheProcess() throws Exception {
        service.start(launch("1", "exec sleep 600"));
        Path file = directory.resolve("service.json");
        ServiceRecord known = ServiceRecord.read(file).orElseThrow();
        known.startedAs(0, 0).write(file);

        assertThat(another().status().running()).isTrue();
        another().stop(Duration.ofSeconds(5));
        assertThat(ProcessTable.find(known.pid()).filter(ProcessTable.Entry::alive)).isEmpty();
    }

    @Test
    void stopsChildrenAndDaemonsToo() {
        service.start(launch("1", "sleep 601 & setsid sleep 602 & wait"));
        ServiceRecord known = ServiceRecord.read(directory.resolve("service.json")).orElseThrow();
        Awaitility.await().until(() -> known.group().members().size() >= 3);

        service.stop(Duration.ofSeconds(5));

        assertThat(known.group().members()).isEmpty();
    }

    @Test
    void killsWhoIgnoresTheSignal() {
        service.start(launch("1", "trap '' TERM; echo ready; while true; do sleep 0.05; done"));
        Awaitility.await().until(() -> service.lastOutput().equals("ready"));
        service.stop(Duration.ofMillis(200));
        assertThat(service.status().running()).isFalse();
    }

    @Test
    void aProcessThatEndsByItselfHasCrashed() {
        service.start(launch("1", "exit 3"));
        Awaitility.await().until(() -> !service.status().running());
        assertThat(service.status())
                .isEqualTo(
                        new ServiceStatus.Stopped(ServiceStatus.Cause.CRASHED, "ended by itself"));
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotOurs() {
        service.start(launch("1", "exec sleep 600"));
        Path file = directory.resolve("service.json");
        ServiceRecord known = ServiceRecord.read(file).orElseThrow();
        service.stop(Duration.ofSeconds(5));
        long self = ProcessHandle.current().pid();
        known.startedAs(self, 1).write(file);

        assertThat(service.status().running()).isFalse();
        service.stop(Duration.ZERO);
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void givesItExactlyItsEnvironment() {
        service.start(
                new Launch(
                        "1",
                        directory,
                        List.of("/bin/sh", "-c", "env; echo done"),
                        Map.of("PATH", "/usr/bin:/bin", "COLOUR", "$(touch bad) red"),
                        Optional.empty()));
        Awaitility.await().until(() -> service.lastOutput().endsWith("done"));
        assertThat(service.lastOutput())
                .contains("COLOUR=$(touch bad) red")
                .doesNotContain("HOME=", "JAVA_HOME=");
        assertThat(directory.resolve("bad")).doesNotExist();
    }

    @Test
    void rotatesALogThatHasGrown() throws Exception {
        Path log = directory.resolve("product.log");
        Files.write(log, new byte[(20 << 20) + 1]);
        service.start(launch("1", "echo fresh; exec sleep 600"));
        Awaitility.await().until(() -> service.lastOutput().equals("fresh"));
        assertThat(directory.resolve("product.log.1")).hasSize((20 << 20) + 1);
    }

    @Test
    void saysWhatCannotBeStarted() {
        Launch launch =
                new Launch(
                        "1",
                        directory.resolve("missing"),
                        List.of("x"),
                        Map.of(),
                        Optional.empty());
        assertThatThrownBy(() -> service.start(launch))
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> assertThat(e.kind()).isEqualTo("service-start-failed"));
    }

    private OwnProcess another() {
        return new OwnProcess(
                directory.resolve("service.json"),
                directory.resolve("product.log"),
                InstantSource.system());
    }

    private Launch launch(String version, String script) {
        return new Launch(
                version,
                directory,
                List.of("/bin/sh", "-c", script),
                ProductEnvironment.clean(),
                Optional.empty());
    }
}
