package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.supervisor.backup.BackupRequest.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A disk that fails at any act of a backup or a restore. In memory: what is asked here is the
/// order of the acts.
class BackupFailureTest {
    /// A home of its own for each attempt.
    private static final class Host {
        final Path home;
        final BackupRepository repository;

        Host() throws IOException {
            home =
                    Files.createDirectory(
                            Jimfs.newFileSystem(
                                            Configuration.unix().toBuilder()
                                                    .setAttributeViews("basic", "posix")
                                                    .build())
                                    .getPath("/home"));
            Path config = Files.createDirectories(home.resolve("config/conf"));
            Files.writeString(config.resolve("server.xml"), "<Server/>");
            Files.createSymbolicLink(config.resolve("link"), config.resolve("server.xml"));
            Files.writeString(Files.createDirectory(home.resolve("data")).resolve("db"), "rows");
            repository =
                    new BackupRepository(
                            home.resolve(".supervisor/backups"), InstantSource.system());
        }

        Backup create() throws IOException {
            return repository.create(
                    new BackupRequest(
                            Backup.Kind.BEFORE_UPDATE,
                            "1.0.0",
                            "a test",
                            List.of(
                                    new Source("config", home.resolve("config")),
                                    new Source("data", home.resolve("data"))),
                            List.of(),
                            List.of(),
                            true),
                    BackupListener.NONE);
        }

        void restore(Backup backup) throws IOException {
            repository.restoreTo(backup.id(), home.resolve("restored"), BackupListener.NONE);
        }

        boolean intact(Backup backup) throws IOException {
            return repository.verify(backup.id(), BackupListener.NONE).intact();
        }
    }

    @Test
    void d05_aBackupThatCannotBeForcedIsNone() throws IOException {
        Host host = new Host();
        try (FailingDisk _ = FailingDisk.once(DiskAct.Force.class::isInstance)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(host::create);
            assertThat(host.repository.list()).isEmpty();

            assertThat(host.intact(host.create())).isTrue();
        }
    }

    @Test
    void aBackupIsWholeOrNoneWhateverFails() throws IOException {
        for (int number = 0; ; number++) {
            Host host = new Host();
            try (FailingDisk _ = FailingDisk.atAct(number)) {
                host.create();
                assertThat(number).isGreaterThan(20);
                break;
            } catch (IOException failed) {
                assertThat(failed).hasMessageContaining("Input/output error");
            }
            assertThat(host.repository.list()).as("act " + number).isEmpty();
            assertThat(host.intact(host.create())).isTrue();
        }
    }

    @Test
    void aRestoreIsWholeOrNoneWhateverFails() throws IOException {
        Host host = new Host();
        Backup backup = host.create();
        Path restored = host.home.resolve("restored");
        for (int number = 0; !Files.exists(restored); number++) {
            try (FailingDisk disk = FailingDisk.atAct(number)) {
                host.restore(backup);
                assertThat(disk.acts()).hasSize(number).hasSizeGreaterThan(20);
            } catch (IOException failed) {
                assertThat(failed).hasMessageContaining("Input/output error");
                assertThat(restored).as("act " + number).doesNotExist();
            }
        }
        assertThat(restored.resolve("data/db")).hasContent("rows");
        assertThat(restored.resolve("config/conf/server.xml")).hasContent("<Server/>");
    }

    @Test
    void whatIsTakenAmongTheBackupsIsOnTheDiskFirst() throws IOException {
        Host host = new Host();
        Path before = Files.createDirectories(host.home.resolve("aside/before"));
        Files.writeString(Files.createDirectory(before.resolve("data")).resolve("rows"), "new");
        List<DiskAct> acts;
        try (FailingDisk disk = FailingDisk.never()) {
            assertThat(host.repository.adopt(before, "1.0.0", "a test")).isPresent();
            acts = disk.acts();
        }
        Path entry = before.resolveSibling("before.entry");
        DiskAct described =
                acts.stream()
                        .filter(act ->
                                act instanceof DiskAct.Rename(Path _, Path to)
                                        && to.endsWith("manifest.jsonl"))
                        .findFirst()
                        .orElseThrow();
        assertThat(acts.subList(0, acts.indexOf(described)))
                .contains(new DiskAct.Force(entry.resolve("files/data/rows")));
    }
}
