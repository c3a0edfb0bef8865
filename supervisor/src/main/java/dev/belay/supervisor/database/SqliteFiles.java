package dev.belay.supervisor.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/// Opens database files safely: never creates one, takes nothing out of a file name, and runs
/// nothing that the file brings along.
final class SqliteFiles {
    private static final int BUSY_MILLIS = 30_000;
    private static final int GLANCE_MILLIS = 1_000;
    private static final int READ_VERSION = 19;

    private SqliteFiles() {}

    /// A database that others may use. It is opened for writing, because only a writer can recover
    /// what a killed process left, but `query_only` keeps statements from changing it.
    static SQLiteConnection openLive(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return open(config, uri(file));
    }

    /// As above for a look that must not change anything, nor leave anything beside the file, and
    /// is not waited for: fails where a killed process left something to recover.
    static SQLiteConnection openGlance(Path file) throws SQLException, IOException {
        if (hasWriteAheadLog(file) && !Files.exists(beside(file, "-shm"))) {
            if (Files.exists(beside(file, "-wal"))) {
                throw new SQLException("its write-ahead log has to be recovered first");
            }
            return openImmutable(file); // nobody uses it, and a reader would begin a log
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(GLANCE_MILLIS);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return open(config, uri(file));
    }

    /// By the read version in its header (<https://www.sqlite.org/fileformat.html>).
    private static boolean hasWriteAheadLog(Path file) throws IOException {
        try (InputStream header = Files.newInputStream(file)) {
            byte[] bytes = header.readNBytes(READ_VERSION + 1);
            return bytes.length > READ_VERSION && bytes[READ_VERSION] == 2;
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /// A file that nobody writes; nothing is made beside it.
    static SQLiteConnection openImmutable(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return open(config, uri(file) + "?immutable=1");
    }

    private static SQLiteConnection open(SQLiteConfig config, String uri) throws SQLException {
        config.enableLoadExtension(false);
        SQLiteConnection connection =
                (SQLiteConnection) config.createConnection("jdbc:sqlite:" + uri);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Everything but the plainest characters is escaped: the driver takes `?` for the beginning of
    /// settings.
    private static String uri(Path file) {
        StringBuilder uri = new StringBuilder("file:");
        for (byte b : file.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || "/._-".indexOf(c) >= 0;
            if (plain) {
                uri.append(c);
            } else {
                uri.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        return uri.toString();
    }
}
