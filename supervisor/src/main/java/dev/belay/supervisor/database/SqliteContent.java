package dev.belay.supervisor.database;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.database.DatabaseContent.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a whole SQLite database in one read transaction.
///
/// The checksum of a table is the sum, modulo 2^64, of the first eight bytes of the SHA-256 of each
/// row, so that it depends on which rows there are and how often, and not on their order.
final class SqliteContent {
    private static final String TABLES =
            "SELECT name FROM pragma_table_list WHERE schema = 'main'"
                    + " AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                    + " ORDER BY name";
    private static final String SCHEMA =
            "SELECT type, name, tbl_name, sql FROM sqlite_schema"
                    + " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    private final Connection connection;
    private final MessageDigest digest = Digest.Algorithm.SHA256.newDigest();

    SqliteContent(Connection connection) {
        this.connection = connection;
    }

    /// What `PRAGMA integrity_check` complains about first; empty if nothing.
    String integrityProblem() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
            String answer = result.next() ? result.getString(1) : "no answer";
            return answer.equals("ok") ? "" : answer;
        }
    }

    DatabaseContent read() throws SQLException {
        connection.setAutoCommit(false);
        try {
            List<Table> tables = new ArrayList<>();
            for (String name : names()) {
                tables.add(table(name, "SELECT * FROM " + quoted(name)));
            }
            return new DatabaseContent(table("", SCHEMA).checksum(), tables);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /// How many rows each table has.
    SortedMap<String, Long> rowCounts() throws SQLException {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (String name : names()) {
            try (Statement statement = connection.createStatement();
                    ResultSet result =
                            statement.executeQuery("SELECT count(*) FROM " + quoted(name))) {
                counts.put(name, result.next() ? result.getLong(1) : 0);
            }
        }
        return counts;
    }

    private List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(TABLES)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private Table table(String name, String query) throws SQLException {
        long rows = 0;
        long sum = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int column = 1; column <= columns; column++) {
                    add(result.getObject(column));
                }
                sum += ByteBuffer.wrap(digest.digest()).getLong();
                rows++;
            }
        }
        return new Table(name, rows, HexFormat.of().toHexDigits(sum));
    }

    /// A tag for the storage class, the length, the value: no two different rows look the same.
    private void add(@Nullable Object value) {
        switch (value) {
            case null -> add('n', new byte[0]);
            case byte[] blob -> add('b', blob);
            case Double real -> add('r', bytes(Double.doubleToRawLongBits(real)));
            case Number integer -> add('i', bytes(integer.longValue()));
            default -> add('t', value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void add(char tag, byte[] bytes) {
        digest.update((byte) tag);
        digest.update(bytes(bytes.length));
        digest.update(bytes);
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
