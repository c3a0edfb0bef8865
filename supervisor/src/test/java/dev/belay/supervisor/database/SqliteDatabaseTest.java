package dev.belay.supervisor.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDatabaseTest {
    @TempDir Path directory;

    private Path shop(String journalMode) throws SQLException {
        Path file = directory.resolve("shop.db");
        execute(
                file,
                "PRAGMA journal_mode = " + journalMode,
                "CREATE TABLE visits (id INTEGER PRIMARY KEY, page TEXT, weight REAL, raw BLOB)",
                "CREATE TABLE \"odd \"\"name\" (a, b, PRIMARY KEY (a)) WITHOUT ROWID",
                "CREATE INDEX by_page ON visits (page)",
                "INSERT INTO visits VALUES (1, 'ü', 1.5, x'00ff'), (2, NULL, NULL, NULL)",
                "INSERT INTO \"odd \"\"name\" VALUES ('x', 1), ('y', 9223372036854775807)");
        return file;
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void backupHoldsWhatTheDatabaseHolds(String journalMode) throws Exception {
        SqliteDatabase database = new SqliteDatabase("main", shop(journalMode));
        Path backup = directory.resolve("backup");

        database.backUp(backup);

        DatabaseContent content = database.prove(backup);
        assertThat(content).isEqualTo(database.content());
        assertThat(content.tables())
                .extracting(table -> table.name() + "=" + table.rows())
                .containsExactly("odd \"name=2", "visits=2");
        assertThat(content.rows()).isEqualTo(4);
        assertThat(Files.getPosixFilePermissions(backup)).hasSize(2);
    }

    @Test
    void provingChangesNothing() throws Exception {
        SqliteDatabase database = new SqliteDatabase("main", shop("WAL"));
        Path backup = Files.createDirectory(directory.resolve("backups")).resolve("b");
        database.backUp(backup);
        String before = Digests.ofFile(backup).hex();

        database.prove(backup);

        assertThat(Digests.ofFile(backup).hex()).isEqualTo(before);
        try (var files = Files.list(backup.getParent())) {
            assertThat(files).containsExactly(backup);
        }
    }

    @Test
    void backupIsOfOneMomentWhileOthersWrite() throws Exception {
        Path file = directory.resolve("ledger.db");
        execute(
                file,
                "PRAGMA journal_mode = WAL",
                "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO account SELECT i, 100 FROM n");
        AtomicBoolean stop = new AtomicBoolean();
        SynchronousQueue<Boolean> writing = new SynchronousQueue<>();
        Thread writer = Thread.ofPlatform().start(() -> transferUntil(stop, file, writing));
        try {
            writing.take();
            for (int i = 0; i < 5; i++) {
                Path backup = directory.resolve("backup" + i);
                new SqliteDatabase("ledger", file).backUp(backup);
                try (Connection connection = connect(backup);
                        Statement statement = connection.createStatement();
                        var sum = statement.executeQuery("SELECT sum(amount) FROM account")) {
                    assertThat(sum.getLong(1)).isEqualTo(500_000);
                }
            }
            assertThat(writer.isAlive()).isTrue();
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    private static void transferUntil(
            AtomicBoolean stop, Path file, SynchronousQueue<Boolean> writing) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("PRAGMA synchronous = OFF");
            for (int i = 0; !stop.get(); i++) {
                int from = i % 5000 + 1;
                int to = (i * 7 + 13) % 5000 + 1;
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("UPDATE account SET amount = amount - 1 WHERE id = " + from);
                statement.execute("UPDATE account SET amount = amount + 1 WHERE id = " + to);
                statement.execute("COMMIT");
                if (i == 10) {
                    writing.put(true);
                }
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void backsUpWhatAKilledWriterLeftInItsLog() throws Exception {
        Path live = shop("WAL");
        Path killed = Files.createDirectory(directory.resolve("killed")).resolve("shop.db");
        try (Connection connection = connect(live);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO visits (page) VALUES ('only in the log')");
            // as the files are when the process is gone before a checkpoint
            Files.copy(live, killed);
            Files.copy(directory.resolve("shop.db-wal"), killed.resolveSibling("shop.db-wal"));
        }
        SqliteDatabase database = new SqliteDatabase("main", killed);

        database.backUp(directory.resolve("backup"));

        assertThat(database.prove(directory.resolve("backup")).tables().getLast().rows())
                .isEqualTo(3);
    }

    @Test
    void differentRowsHaveDifferentChecksums() throws Exception {
        Path file = shop("DELETE");
        SqliteDatabase database = new SqliteDatabase("main", file);
        DatabaseContent before = database.content();

        execute(file, "UPDATE visits SET page = 'u' WHERE id = 1");
        assertThat(database.content()).isNotEqualTo(before);
        execute(file, "UPDATE visits SET page = 'ü' WHERE id = 1");
        assertThat(database.content()).isEqualTo(before);
        execute(file, "DROP INDEX by_page");
        assertThat(database.content().tables()).isEqualTo(before.tables());
        assertThat(database.content()).isNotEqualTo(before);
    }

    @Test
    void takesNothingOutOfTheFileName() throws Exception {
        Path odd = directory.resolve("a?mode=memory&b=%41 #ü.db");
        Files.move(shop("DELETE"), odd, StandardCopyOption.ATOMIC_MOVE);
        SqliteDatabase database = new SqliteDatabase("main", odd);

        database.backUp(directory.resolve("backup?x=1"));

        assertThat(database.prove(directory.resolve("backup?x=1")).rows()).isEqualTo(4);
        assertThat(database.forecastBytes()).isEqualTo(Files.size(odd));
    }

    @Test
    void saysWhatCannotBeUsed() throws IOException {
        SqliteDatabase absent = new SqliteDatabase("main", directory.resolve("absent.db"));
        unusable(absent::content);
        unusable(() -> absent.backUp(directory.resolve("backup")));
        assertThat(directory.resolve("absent.db")).doesNotExist();

        Path text = Files.writeString(directory.resolve("text.db"), "not a database ".repeat(100));
        unusable(() -> DatabaseBackups.prove("sqlite", text));
        unusable(() -> DatabaseBackups.prove("other", text));
    }

    @Test
    void integrityCheckFindsDamage() throws Exception {
        Path file = directory.resolve("big.db");
        execute(
                file,
                "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)",
                "CREATE INDEX i ON t (v)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO t SELECT i, 'value ' || i FROM n");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 4096; i++) {
            bytes[i] = 0;
        }
        Files.write(file, bytes);

        unusable(() -> DatabaseBackups.prove("sqlite", file));
    }

    private interface Use {
        void use() throws IOException;
    }

    private static void unusable(Use use) {
        assertThatExceptionOfType(BelayException.class)
                .isThrownBy(use::use)
                .matches(e -> e.kind().equals("database-unusable"));
    }
}
