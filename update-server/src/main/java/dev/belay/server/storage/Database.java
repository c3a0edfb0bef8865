package dev.belay.server.storage;

import dev.belay.packaging.failure.BelayException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The rows of the server: one SQLite file, one connection, one user of it at a time.
///
/// SQLite allows one writer anyway, and every statement here takes micro- to milliseconds. WAL with
/// `synchronous=FULL`: a committed row survives a power cut. Another process (`update-server token
/// create`) may write beside a running server; each waits up to five seconds for the other. Safe
/// for use by many threads.
public final class Database implements AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /// Reads one row of a result.
    @FunctionalInterface
    public interface RowReader<T> {
        /// Called with the cursor on the row; must not move it.
        T read(ResultSet row) throws SQLException;
    }

    /// Statements that belong together.
    @FunctionalInterface
    public interface Work<T> {
        /// Runs inside a transaction.
        T run(Database database);
    }

    /// Opens the file, creates it if need be, and brings its tables to the newest form.
    ///
    /// @throws BelayException `database-failed` if it cannot be opened or is newer than this
    ///   program
    public static Database open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:dev/belay/server/storage/migration")
                    .load()
                    .migrate();
            return new Database(source.getConnection());
        } catch (FlywayException | SQLException e) {
            throw new BelayException(
                    "database-failed",
                    "The database " + file + " cannot be opened: " + firstLine(e) + ".",
                    "Check that the file is readable, intact and not from a newer version.",
                    e);
        }
    }

    /// Runs `work` in one transaction: all of it or, if it throws, nothing.
    public <T> T transaction(Work<T> work) {
        lock.lock();
        try {
            if (!connection.getAutoCommit()) {
                throw new IllegalStateException("transactions do not nest");
            }
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(this);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /// Runs one changing statement.
    ///
    /// @return the number of rows changed
    public int update(String sql, @Nullable Object... values) {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /// Runs one query and reads all its rows. Callers bound the number of rows by `LIMIT`.
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static BelayException failed(SQLException e) {
        return new BelayException(
                "database-failed",
                "The server's database did not take the request; nothing was changed.",
                "Try again; if it stays, look at the server's disk space and log.",
                e);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
