package dev.belay.supervisor.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.status.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir Path directory;

    @Test
    void namesItsOwner() {
        try (HomeLock _ = HomeLock.take(directory, "supervisor update")) {
            assertThat(HomeLock.held(directory)).isTrue();
            assertThatThrownBy(() -> HomeLock.take(directory, "supervisor rollback"))
                    .isInstanceOfSatisfying(
                            HomeLockedException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED))
                    .hasMessageContaining("supervisor update")
                    .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        }
        assertThat(HomeLock.held(directory)).isFalse();
    }

    @Test
    void aStaleOwnerHoldsNothing() throws Exception {
        Files.writeString(
                directory.resolve("lock.json"),
                Json.line(
                        new HomeLock.Owner(
                                ProcessHandle.current().pid(), Instant.EPOCH, "long ago", false)));
        assertThat(HomeLock.held(directory)).isFalse();
        try (HomeLock _ = HomeLock.take(directory, "supervisor update")) {
            assertThat(HomeLock.held(directory)).isTrue();
        }
    }

    @Test
    void aRunWaitsForAPlan() throws Exception {
        HomeLock plan = HomeLock.takeBriefly(directory, "supervisor update --dry-run");
        Thread release = Thread.ofVirtual().start(plan::close);
        try (HomeLock _ = HomeLock.take(directory, "supervisor update")) {
            assertThat(HomeLock.held(directory)).isTrue();
        }
        release.join();
    }
}
