package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.BackupRequest.Source;
import dev.belay.supervisor.database.SqliteDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A small home with everything that is hard to back up, and its repository of backups.
abstract class BackupHome {
    @TempDir Path directory;
    Path home;
    Path database;
    BackupRepository repository;
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

    void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    BackupRequest request() {
        return new BackupRequest(
                Backup.Kind.BEFORE_UPDATE,
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

    Backup create() throws IOException {
        return repository.create(request(), BackupListener.NONE);
    }

    /// Everything that can be seen of a tree but the database's own files.
    static Map<String, String> picture(Path root) throws IOException {
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

    interface Act {
        void act() throws IOException;
    }

    static void refused(String kind, Act act) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(act::act)
                .matches(e -> e.kind().equals(kind), kind);
    }
}
