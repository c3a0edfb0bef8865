package dev.belay.supervisor.database;

import java.util.List;

/// What a database holds, in a form that two copies can be compared by. The order in which rows are
/// stored does not count.
///
/// @param schema checksum of tables, indexes, views and triggers
/// @param tables ascending by name
public record DatabaseContent(String schema, List<Table> tables) {
    /// One table.
    ///
    /// @param rows how many rows it has
    /// @param checksum of all values in all rows, as 16 hex digits
    public record Table(String name, long rows, String checksum) {}

    public DatabaseContent {
        tables = List.copyOf(tables);
    }

    /// The sum of all rows.
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
