package dev.belay.supervisor.database;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// A SQLite database in one file. Backups use SQLite's online backup interface
/// (<https://www.sqlite.org/backup.html>) in a single step: one read lock, one moment, also with a
/// hot journal or write-ahead log, and every page as it is.
///
/// @param name the name in release.yaml
/// @param file the database file; its `-wal`, `-shm` and `-journal` live beside it
public record SqliteDatabase(String name, Path file) implements DatabaseEngine {
    /// The engine's name in release.yaml.
    public static final String ENGINE = "sqlite";

    private static final int ALL_PAGES = -1;
    private static final int RETRY_MILLIS = 50;
    private static final int RETRIES = 600;

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public List<Path> ownFiles() {
        return Stream.of("", "-wal", "-shm", "-journal")
                .map(suffix -> file.resolveSibling(file.getFileName() + suffix))
                .toList();
    }

    @Override
    public long forecastBytes() throws IOException {
        long bytes = 0;
        for (Path own : ownFiles()) {
            bytes += Files.isRegularFile(own) ? Files.size(own) : 0;
        }
        return bytes;
    }

    @Override
    public void backUp(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(target + " exists");
        }
        DurableFiles.create(target, DurableFiles.PRIVATE, _ -> {});
        try (SQLiteConnection connection = SqliteFiles.openLive(file)) {
            int result =
                    connection
                            .getDatabase()
                            .backup(
                                    "main",
                                    target.toString(),
                                    (_, _) -> {},
                                    RETRY_MILLIS,
                                    RETRIES,
                                    ALL_PAGES);
            if (result != 0) {
                throw unusable(file, "SQLite answered " + result + " to the backup", null);
            }
        } catch (SQLException e) {
            throw unusable(file, String.valueOf(e.getMessage()), e);
        }
        DurableFiles.syncFile(target);
        DurableFiles.syncDirectory(DurableFiles.parentOf(target));
    }

    @Override
    public DatabaseContent content() {
        try (SQLiteConnection connection = SqliteFiles.openLive(file)) {
            return new SqliteContent(connection).read();
        } catch (SQLException e) {
            throw unusable(file, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public DatabaseContent prove(Path backup) {
        return proveFile(backup);
    }

    /// As [#prove], for a backup of any SQLite database.
    static DatabaseContent proveFile(Path backup) {
        try (SQLiteConnection connection = SqliteFiles.openImmutable(backup)) {
            SqliteContent content = new SqliteContent(connection);
            String damage = content.integrityProblem();
            if (!damage.isEmpty()) {
                throw unusable(backup, "its integrity check says: " + damage, null);
            }
            return content.read();
        } catch (SQLException e) {
            throw unusable(backup, String.valueOf(e.getMessage()), e);
        }
    }

    /// How many rows each table has, at a glance; see [RowCounts].
    static SortedMap<String, Long> rowCounts(Path file) throws SQLException, IOException {
        try (SQLiteConnection connection = SqliteFiles.openGlance(file)) {
            return new SqliteContent(connection).rowCounts();
        }
    }

    private static BelayException unusable(Path file, String reason, @Nullable Throwable cause) {
        return new BelayException(
                "database-unusable",
                "The SQLite database " + file + " cannot be used: " + reason + ".",
                "Stop what holds it, or check it with: sqlite3 FILE 'PRAGMA integrity_check'.",
                cause);
    }
}
