package dev.belay.supervisor.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.testing.SupervisorCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir Path directory;
    private Home home;

    @BeforeEach
    void anEmptyHome() {
        home = new Home(directory);
        home.create();
    }

    @Test
    void namesItsOwner() {
        try (HomeLock _ = HomeLock.take(home, "supervisor update")) {
            assertThat(HomeLock.held(home)).isTrue();
            assertThatThrownBy(() -> HomeLock.take(home, "supervisor rollback"))
                    .isInstanceOfSatisfying(
                            HomeLockedException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED))
                    .hasMessageContaining("supervisor update")
                    .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        }
        assertThat(HomeLock.held(home)).isFalse();
    }

    @Test
    void aStaleOwnerHoldsNothing() throws Exception {
        Files.writeString(
                home.lockOwner(),
                Json.line(
                        new HomeLock.Owner(
                                ProcessHandle.current().pid(), Instant.EPOCH, "long ago", false)));
        assertThat(HomeLock.held(home)).isFalse();
        try (HomeLock _ = HomeLock.take(home, "supervisor update")) {
            assertThat(HomeLock.held(home)).isTrue();
        }
    }

    @Test
    void aSecondThreadOfItsProcessDoesNotLoseItToOthers() throws Exception {
        Files.writeString(home.settings(), "product: shop\nserver: http://127.0.0.1:1\n");
        try (HomeLock _ = HomeLock.take(home, "supervisor agent")) {
            assertThatThrownBy(() -> HomeLock.take(home, "its page"))
                    .isInstanceOf(HomeLockedException.class);
            assertThat(SupervisorCommand.run("stop", "--home=" + directory).status())
                    .isEqualTo(ExitCode.LOCKED.status());
        }
        assertThat(SupervisorCommand.run("stop", "--home=" + directory).status())
                .isNotEqualTo(ExitCode.LOCKED.status());
    }

    @Test
    void whoBringsReleasesDoesNotHoldTheHome() {
        try (HomeLock _ = HomeLock.takeStaging(home, "supervisor update")) {
            assertThat(HomeLock.tryStaging(home, "another")).isEmpty();
            assertThat(HomeLock.held(home)).isFalse();
            HomeLock.take(home, "supervisor stop").close();
        }
        HomeLock.tryStaging(home, "another").orElseThrow().close();
    }

    @Test
    void anOwnerThatEndedButWasNotAskedHowHoldsNothing() throws Exception {
        Process parent =
                new ProcessBuilder("sh", "-c", "sleep 30 & echo $!; exec sleep 60").start();
        try {
            long pid =
                    Long.parseLong(
                            new BufferedReader(
                                            new InputStreamReader(
                                                    parent.getInputStream(),
                                                    StandardCharsets.UTF_8))
                                    .readLine());
            ProcessHandle owner = ProcessHandle.of(pid).orElseThrow();
            Files.writeString(
                    home.lockOwner(),
                    Json.line(
                            new HomeLock.Owner(
                                    pid,
                                    owner.info().startInstant().orElseThrow(),
                                    "supervisor update",
                                    false)));
            assertThat(HomeLock.held(home)).isTrue();
            owner.destroyForcibly();
            await().until(() -> !HomeLock.held(home));
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aRunWaitsForAPlan() throws Exception {
        HomeLock plan = HomeLock.takeBriefly(home, "supervisor update --dry-run");
        Thread release = Thread.ofVirtual().start(plan::close);
        try (HomeLock _ = HomeLock.take(home, "supervisor update")) {
            assertThat(HomeLock.held(home)).isTrue();
        }
        release.join();
    }
}
