package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.BackupRequest.Source;
import dev.belay.supervisor.database.SqliteDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRepositoryTest {
    @TempDir Path directory;
    private Path home;
    private Path database;
    private BackupRepository repository;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void makeHome() throws IOException, SQLException {
        home = Files.createDirectory(directory.resolve("home"));
        Path config = Files.createDirectories(home.resolve("config/conf"));
        Files.writeString(config.resolve("server.xml"), "<Server/>");
        Files.writeString(config.resolve("-rf $(x) \u00fc\n'"), "odd");
        Files.createSymbolicLink(config.resolve("link"), Path.of("/nowhere/at all"));
        Path data = Files.createDirectories(home.resolve("data/shop"));
        Files.createFile(data.resolve("empty"));
        Files.writeString(data.resolve("secret"), "x");
        Files.setPosixFilePermissions(
                data.resolve("secret"), PosixFilePermissions.fromString("r--------"));
        Files.setLastModifiedTime(
                data.resolve("secret"), FileTime.from(Instant.ofEpochSecond(981173106, 123456789)));
        try (RandomAccessFile sparse =
                new RandomAccessFile(data.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(5 << 20);
            sparse.seek(3 << 20);
            sparse.write("island".getBytes(StandardCharsets.UTF_8));
        }
        database = data.resolve("shop.db");
        execute("PRAGMA journal_mode = WAL", "CREATE TABLE t (v)", "INSERT INTO t VALUES (1), (2)");
        Files.writeString(home.resolve("supervisor.yaml"), "product: shop\n");
        repository =
                new BackupRepository(
                        home.resolve(".supervisor/backups"), (InstantSource) this::tick);
    }

    private Instant tick() {
        now = now.plus(Duration.ofMinutes(1));
        return now;
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private BackupRequest request() {
        return new BackupRequest(
                "1.0.0",
                "a test",
                List.of(
                        new Source("config", home.resolve("config")),
                        new Source("data", home.resolve("data")),
                        new Source("settings", home.resolve("supervisor.yaml"))),
                List.of(new SqliteDatabase("main", database)),
                List.of(),
                true);
    }

    private Backup create() throws IOException {
        return repository.create(request(), BackupListener.NONE);
    }

    /// Everything that can be seen of a tree but the database's own files.
    private static Map<String, String> picture(Path root) throws IOException {
        Map<String, String> picture = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (path.getFileName().toString().startsWith("shop.db")) {
                    continue;
                }
                Map<String, Object> facts =
                        new TreeMap<>(
                                Files.readAttributes(
                                        path,
                                        "unix:mode,uid,gid,lastModifiedTime",
                                        LinkOption.NOFOLLOW_LINKS));
                String content =
                        Files.isSymbolicLink(path)
                                ? Files.readSymbolicLink(path).toString()
                                : Files.isDirectory(path) ? "" : Digests.ofFile(path).hex();
                if (Files.isDirectory(path) && path.endsWith("shop")) {
                    facts.remove("lastModifiedTime"); // SQLite makes and removes files in it
                }
                picture.put(root.relativize(path).toString(), facts + content);
            }
        }
        return picture;
    }

    @Test
    void restoresEverythingAsItWas() throws Exception {
        Map<String, String> config = picture(home.resolve("config"));
        Map<String, String> data = picture(home.resolve("data"));
        List<Long> progress = new ArrayList<>();
        Backup backup =
                repository.create(request(), (done, total) -> progress.add(done * 100 / total));
        assertThat(repository.verify(backup.id(), BackupListener.NONE).problems()).isEmpty();
        assertThat(progress).isSorted();
        assertThat(progress.getLast()).isBetween(95L, 105L);

        Files.writeString(home.resolve("config/conf/server.xml"), "<Broken/>");
        Files.writeString(home.resolve("data/shop/new"), "new");
        execute("DELETE FROM t");
        Path aside = home.resolve(".supervisor/aside/restore-1");
        Map<String, Path> places =
                Map.of(
                        "config",
                        home.resolve("config"),
                        "data",
                        home.resolve("data"),
                        "settings",
                        home.resolve("supervisor.yaml"));
        repository.restore(backup.id(), places, aside, BackupListener.NONE);

        assertThat(picture(home.resolve("config"))).isEqualTo(config);
        assertThat(picture(home.resolve("data"))).isEqualTo(data);
        assertThat(new SqliteDatabase("main", database).content().rows()).isEqualTo(2);
        assertThat(home.resolve("supervisor.yaml")).hasContent("product: shop\n");
        assertThat(aside.resolve("config/conf/server.xml")).hasContent("<Broken/>");
        assertThat(aside.resolve("data/shop/new")).exists();
    }

    @Test
    void aRepeatedRestoreGoesOnWhereItStopped() throws Exception {
        Backup backup = create();
        Path aside = home.resolve("aside");
        Map<String, Path> places =
                Map.of("config", home.resolve("config"), "data", home.resolve("data"));
        Files.createDirectories(aside.resolve("restoring/half/a/copy"));
        // killed between the two renames of config
        Files.move(home.resolve("config"), aside.resolve("config"));

        repository.restore(backup.id(), places, aside, BackupListener.NONE);
        repository.restore(backup.id(), places, aside, BackupListener.NONE);

        assertThat(home.resolve("config/conf/server.xml")).hasContent("<Server/>");
        assertThat(home.resolve("data/shop/secret")).hasContent("x");
        assertThat(aside.resolve("restoring")).doesNotExist();
    }

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
    void restoresElsewhereOnRequest() throws Exception {
        Backup backup = create();
        Path target = directory.resolve("elsewhere");

        repository.restoreTo(backup.id(), target, BackupListener.NONE);

        assertThat(target.resolve("config/conf/server.xml")).hasContent("<Server/>");
        assertThat(new SqliteDatabase("main", target.resolve("data/shop/shop.db")).content().rows())
                .isEqualTo(2);
        refused("not-empty", () -> repository.restoreTo(backup.id(), target, BackupListener.NONE));
    }

    @Test
    void findsEveryFlippedBit() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        List<Path> files;
        try (Stream<Path> all = Files.walk(stored)) {
            files =
                    all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                            .filter(path -> path.toFile().length() > 0)
                            .sorted()
                            .toList();
        }
        Random random = new Random(20260101);
        for (int i = 0; i < 300; i++) {
            Path file = files.get(i % files.size());
            FileTime time = Files.getLastModifiedTime(file);
            flip(
                    file,
                    random.nextLong(Files.size(file)),
                    random.nextInt(8),
                    time,
                    () -> {
                        BackupCheck check = repository.verify(backup.id(), BackupListener.NONE);
                        assertThat(check.intact()).as(file.toString()).isFalse();
                        String name = file.getFileName().toString();
                        assertThat(check.problems().toString())
                                .contains(name.contains("\n") ? "-rf $(x)" : name);
                    });
        }
        assertThat(repository.verify(backup.id(), BackupListener.NONE).intact()).isTrue();
    }

    private interface Act {
        void act() throws IOException;
    }

    private static void flip(Path file, long position, int bit, FileTime time, Act act)
            throws IOException {
        var permissions = Files.getPosixFilePermissions(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            Files.setPosixFilePermissions(file, permissions);
            access.seek(position);
            int before = access.read();
            access.seek(position);
            access.write(before ^ 1 << bit);
            Files.setLastModifiedTime(file, time);
            act.act();
            access.seek(position);
            access.write(before);
            Files.setLastModifiedTime(file, time);
        }
    }

    @Test
    void refusesToRestoreADamagedBackupAndLeavesThePlacesAlone() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        Files.writeString(stored.resolve("files/config/conf/server.xml"), "<Sorver/>");
        Map<String, String> before = picture(home.resolve("config"));

        refused(
                "backup-damaged",
                () ->
                        repository.restore(
                                backup.id(),
                                Map.of("config", home.resolve("config")),
                                home.resolve("aside"),
                                BackupListener.NONE));
        refused(
                "not-in-backup",
                () ->
                        repository.restore(
                                backup.id(),
                                Map.of("program", home.resolve("program")),
                                home.resolve("aside"),
                                BackupListener.NONE));

        assertThat(picture(home.resolve("config"))).isEqualTo(before);
        Files.writeString(stored.resolve("manifest.jsonl"), "{}");
        refused(
                "backup-damaged",
                () ->
                        repository.restoreTo(
                                backup.id(), directory.resolve("x"), BackupListener.NONE));
    }

    @Test
    void findsMissingAddedAndChangedFiles() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        Files.delete(stored.resolve("files/data/shop/empty"));
        Files.writeString(stored.resolve("files/config/extra"), "");
        Files.setPosixFilePermissions(
                stored.resolve("files/settings"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(stored.resolve("files/config/conf/link"));
        Files.createSymbolicLink(stored.resolve("files/config/conf/link"), Path.of("/etc"));
        Files.delete(stored.resolve("databases/main"));

        assertThat(repository.verify(backup.id(), BackupListener.NONE).problems().toString())
                .contains("empty\" is missing")
                .contains("extra\" was not there")
                .contains("settings\" has another mode")
                .contains("link\" is not the same link")
                .contains("main\" is missing");
        assertThat(repository.list())
                .extracting(Backup::state)
                .containsExactly(Backup.State.DAMAGED);
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

        assertThat(repository.prune(2)).containsExactly(second);
        assertThat(repository.list()).extracting(Backup::id).containsExactly(first, third, fourth);
        repository.verify(fourth, BackupListener.NONE);
        assertThat(repository.prune(1)).containsExactly(first, third);
        assertThat(repository.prune(1)).isEmpty();
    }

    @Test
    void pruningDoesNotCountDamagedBackups() throws Exception {
        String good = create().id();
        String damaged = create().id();
        Files.writeString(
                home.resolve(".supervisor/backups").resolve(damaged).resolve("manifest.jsonl"),
                "broken\n");

        assertThat(repository.prune(1)).containsExactly(damaged);
        assertThat(repository.list()).extracting(Backup::id).containsExactly(good);
    }

    @Test
    void knowsOnlyItsOwnBackups() {
        for (String id : List.of("20200101T000000000Z", "../x", "..", "", "/etc")) {
            refused("no-such-backup", () -> repository.verify(id, BackupListener.NONE));
        }
    }

    private static void refused(String kind, Act act) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(act::act)
                .matches(e -> e.kind().equals(kind), kind);
    }
}
