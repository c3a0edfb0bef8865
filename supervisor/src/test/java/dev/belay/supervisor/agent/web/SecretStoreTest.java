package dev.belay.supervisor.agent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {
    @TempDir Path temp;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private SecretStore store() {
        return new SecretStore(temp.resolve("links"), Duration.ofMinutes(5), () -> now);
    }

    @Test
    void aSecretWorksOnceAlsoForAnotherProcess() {
        String secret = store().issue();
        assertThat(secret).hasSize(43);
        assertThat(store().redeem(secret)).isTrue();
        assertThat(store().redeem(secret)).isFalse();
    }

    @Test
    void oneOfManyWhoTryAtOnceWins() throws Exception {
        String secret = store().issue();
        SecretStore store = store();
        Callable<Boolean> attempt = () -> store.redeem(secret);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers =
                    threads.invokeAll(java.util.Collections.nCopies(50, attempt));
            assertThat(answers.stream().filter(Future::resultNow)).hasSize(1);
        }
    }

    @Test
    void anOldSecretIsWorthNothingAndIsClearedAway() throws IOException {
        String secret = store().issue();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(store().holds(secret)).isFalse();
        assertThat(store().redeem(secret)).isFalse();
        store().issue();
        store().issue();
        now = now.plus(Duration.ofHours(1));
        store().issue();
        try (var files = Files.list(temp.resolve("links"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theDirectoryTellsNobodyTheSecret() throws IOException {
        String secret = store().issue();
        Path directory = temp.resolve("links");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        try (var files = Files.list(directory)) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}");
            assertThat(Files.readString(file)).doesNotContain(secret);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aDamagedFileAndALinkAreNotAccepted() throws IOException {
        String secret = store().issue();
        try (var files = Files.list(temp.resolve("links"))) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file, "");
            assertThat(store().holds(secret)).isFalse();
            Path elsewhere = Files.writeString(temp.resolve("x"), "99999999999999");
            Files.delete(file);
            Files.createSymbolicLink(file, elsewhere);
            assertThat(store().holds(secret)).isFalse();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(temp.resolve("links"), "a file where the directory should be");
        assertThatThrownBy(() -> store().issue())
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("links");
    }
}
