package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.supervisor.backup.BackupRequest.Source;
import dev.belay.supervisor.database.SqliteDatabase;
import dev.belay.supervisor.settings.Settings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a backup holds, which backups there are, and which are removed.
class BackupRepositoryTest extends BackupHome {
    @Test
    void keepsABackupOfTheDatabaseAndNotItsFiles() throws Exception {
        Backup backup = create();

        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        assertThat(stored.resolve("databases/main")).isRegularFile();
        assertThat(stored.resolve("files/data/shop/secret")).exists();
        assertThat(stored.resolve("files/data/shop/shop.db")).doesNotExist();
        assertThat(backup.databases()).containsExactly("main");
        assertThat(backup.release()).isEqualTo("1.0.0");
        assertThat(backup.reason()).isEqualTo("a test");
        assertThat(backup.state()).isEqualTo(Backup.State.UNVERIFIED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored)))
                .isEqualTo("rwx------");
        BackupForecast forecast = repository.forecast(request());
        assertThat(forecast.files()).isEqualTo(backup.files());
        assertThat(forecast.bytes()).isGreaterThanOrEqualTo(backup.bytes());
    }

    @Test
    void leavesOutWhatIsExcludedAndDatabasesThatAreNotThereYet() throws Exception {
        BackupRequest request =
                new BackupRequest(
                        Backup.Kind.BEFORE_UPDATE,
                        "",
                        "",
                        List.of(new Source("data", home.resolve("data"))),
                        List.of(new SqliteDatabase("later", home.resolve("data/later.db"))),
                        List.of(home.resolve("data/shop")),
                        false);

        Backup backup = repository.create(request, BackupListener.NONE);

        assertThat(backup.files()).isEqualTo(1);
        assertThat(backup.databases()).isEmpty();
    }

    @Test
    void aBackupWithoutManifestIsIncompleteUntilTheNextOneRemovesIt() throws Exception {
        Path backups = home.resolve(".supervisor/backups");
        Path interrupted = Files.createDirectories(backups.resolve("20250101T000000000Z"));
        Files.writeString(Files.createDirectory(interrupted.resolve("files")).resolve("a"), "");
        Files.createDirectories(backups.resolve(".deleting-20240101T000000000Z/files"));

        assertThat(repository.list())
                .extracting(Backup::state)
                .containsExactly(Backup.State.INCOMPLETE);
        assertThat(repository.verify("20250101T000000000Z", BackupListener.NONE).intact())
                .isFalse();
        refused(
                "backup-incomplete",
                () ->
                        repository.restoreTo(
                                "20250101T000000000Z",
                                directory.resolve("x"),
                                BackupListener.NONE));
        Backup backup = create();
        try (Stream<Path> left = Files.list(backups)) {
            assertThat(left).containsExactly(backups.resolve(backup.id()));
        }
    }

    @Test
    void aFailedBackupLeavesNothing() throws Exception {
        Files.createDirectory(home.resolve("bad"));
        Path pipe = home.resolve("bad/pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        repository.create(
                                new BackupRequest(
                                        Backup.Kind.BEFORE_UPDATE,
                                        "",
                                        "",
                                        List.of(new Source("bad", home.resolve("bad"))),
                                        List.of(),
                                        List.of(),
                                        false),
                                BackupListener.NONE))
                .withMessageContaining("pipe");
        assertThat(repository.list()).isEmpty();
    }

    @Test
    void marksFilesThatKeepChanging() throws Exception {
        Path log = Files.write(home.resolve("data/log"), new byte[3 << 20]);
        int[] size = {3 << 20};

        Backup backup =
                repository.create(
                        new BackupRequest(
                                Backup.Kind.BEFORE_UPDATE,
                                "",
                                "",
                                List.of(new Source("data", log)),
                                List.of(),
                                List.of(),
                                false),
                        (done, total) -> grow(log, size));

        assertThat(backup.changing()).isEqualTo(1);
        assertThat(repository.verify(backup.id(), BackupListener.NONE).intact()).isTrue();
    }

    private static void grow(Path log, int[] size) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(size[0] = Math.max(1, size[0] - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesBackupsInsideOfWhatTheyBackUp() throws Exception {
        refused(
                "backup-inside-source",
                () ->
                        repository.create(
                                new BackupRequest(
                                        Backup.Kind.BEFORE_UPDATE,
                                        "",
                                        "",
                                        List.of(new Source("home", home)),
                                        List.of(),
                                        List.of(),
                                        false),
                                BackupListener.NONE));
        refused(
                "database-outside",
                () ->
                        repository.create(
                                new BackupRequest(
                                        Backup.Kind.BEFORE_UPDATE,
                                        "",
                                        "",
                                        List.of(new Source("config", home.resolve("config"))),
                                        List.of(new SqliteDatabase("main", database)),
                                        List.of(),
                                        false),
                                BackupListener.NONE));
        assertThat(repository.list()).isEmpty();
    }

    @Test
    void refusesBeforeTheDiskIsFull() {
        assertThat(new BackupForecast(1, 100, 100).fits()).isFalse();
        assertThat(new BackupForecast(1, 100, 17 << 20).fits()).isTrue();
    }

    @Test
    void pruningKeepsTheNewestAndTheNewestVerified() throws Exception {
        String first = create().id();
        repository.verify(first, BackupListener.NONE);
        String second = create().id();
        String third = create().id();
        String fourth = create().id();

        assertThat(repository.prune(_ -> Settings.Limits.keep(2))).containsExactly(second);
        assertThat(repository.list()).extracting(Backup::id).containsExactly(first, third, fourth);
        repository.verify(fourth, BackupListener.NONE);
        assertThat(repository.prune(_ -> Settings.Limits.keep(1))).containsExactly(first, third);
        assertThat(repository.prune(_ -> Settings.Limits.keep(1))).isEmpty();
    }

    @Test
    void pruningDoesNotCountDamagedBackups() throws Exception {
        String good = create().id();
        String damaged = create().id();
        Files.writeString(
                home.resolve(".supervisor/backups").resolve(damaged).resolve("manifest.jsonl"),
                "broken\n");

        assertThat(repository.prune(_ -> Settings.Limits.keep(1))).containsExactly(damaged);
        assertThat(repository.list()).extracting(Backup::id).containsExactly(good);
    }

    @Test
    void knowsOnlyItsOwnBackups() {
        for (String id : List.of("20200101T000000000Z", "../x", "..", "", "/etc")) {
            refused("no-such-backup", () -> repository.verify(id, BackupListener.NONE));
        }
    }
}
