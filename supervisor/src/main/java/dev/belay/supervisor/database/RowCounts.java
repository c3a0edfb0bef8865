package dev.belay.supervisor.database;

import dev.belay.versys.release.DatabaseDeclaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How many rows each table of a database has, to say what going back would lose. Only ever to be
/// told to people: where it cannot be counted nothing is said.
///
/// @param tables by name
public record RowCounts(SortedMap<String, Long> tables) {
    private static final long TOO_LONG_TO_COUNT = 256L << 20;

    public RowCounts {
        tables = new TreeMap<>(tables);
    }

    /// Counts in a database that others may use, without changing it. Empty if that cannot be done,
    /// or if it has more than 256 MiB, because people wait for the answer.
    public static Optional<RowCounts> of(DatabaseDeclaration declared, Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > TOO_LONG_TO_COUNT) {
                return Optional.empty();
            }
            return switch (declared.engine()) {
                case SQLITE -> Optional.of(new RowCounts(SqliteDatabase.rowCounts(file)));
            };
        } catch (IOException | SQLException e) {
            System.getLogger(RowCounts.class.getName())
                    .log(System.Logger.Level.DEBUG, "rows are not counted: {0}", e.toString());
            return Optional.empty();
        }
    }

    /// What is other than it was, table by table, in words.
    public List<String> since(RowCounts before) {
        SortedSet<String> names = new TreeSet<>(tables.keySet());
        names.addAll(before.tables.keySet());
        List<String> words = new ArrayList<>();
        for (String name : names) {
            long more = count(tables, name) - count(before.tables, name);
            if (!before.tables.containsKey(name)) {
                words.add("table " + name + ": new, with " + rows(more));
            } else if (!tables.containsKey(name)) {
                words.add("table " + name + ": gone, with " + rows(-more));
            } else if (more != 0) {
                words.add(
                        "table "
                                + name
                                + ": "
                                + rows(Math.abs(more))
                                + (more > 0 ? " more" : " fewer")
                                + " than before");
            }
        }
        return words;
    }

    private static long count(Map<String, Long> tables, String name) {
        return tables.getOrDefault(name, 0L);
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }
}
