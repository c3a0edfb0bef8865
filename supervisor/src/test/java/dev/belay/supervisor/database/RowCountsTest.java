package dev.belay.supervisor.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.release.DatabaseDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCountsTest {
    private static final DatabaseDeclaration SHOP =
            new DatabaseDeclaration("main", DatabaseDeclaration.Engine.SQLITE, "data/shop.db");

    @TempDir Path directory;

    @Test
    void namesTheTablesThatHaveOtherRows() {
        assertThat(
                        counts(Map.of("visits", 15L, "orders", 1L, "same", 4L, "tax", 0L))
                                .since(
                                        counts(
                                                Map.of(
                                                        "visits", 3L, "orders", 2L, "same", 4L,
                                                        "old", 7L))))
                .containsExactly(
                        "table old: gone, with 7 rows",
                        "table orders: 1 row fewer than before",
                        "table tax: new, with 0 rows",
                        "table visits: 12 rows more than before");
    }

    @Test
    void countsADatabaseThatSomebodyWritesAndLeavesNothingBehind() throws Exception {
        Path file = directory.resolve("shop.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            execute(writer, "CREATE TABLE \"odd \"\" name\" (a)");
            execute(writer, "INSERT INTO \"odd \"\" name\" VALUES (1), (2)");
            writer.setAutoCommit(false);
            execute(writer, "INSERT INTO \"odd \"\" name\" VALUES (3)");
            assertThat(RowCounts.of(SHOP, file).orElseThrow().tables())
                    .isEqualTo(Map.of("odd \" name", 2L));
            writer.rollback();
        }
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void leavesNothingBesideADatabaseWithAWriteAheadLogThatNobodyUses() throws Exception {
        Path file = directory.resolve("shop.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            execute(writer, "PRAGMA journal_mode = WAL");
            execute(writer, "CREATE TABLE visits (a)");
            execute(writer, "INSERT INTO visits VALUES (1)");
            assertThat(RowCounts.of(SHOP, file).orElseThrow().tables())
                    .isEqualTo(Map.of("visits", 1L));
        }
        assertThat(RowCounts.of(SHOP, file).orElseThrow().tables()).isEqualTo(Map.of("visits", 1L));
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
        Files.writeString(directory.resolve("shop.db-wal"), "what a killed process left");
        assertThat(RowCounts.of(SHOP, file)).isEmpty();
    }

    @Test
    void saysNothingOfWhatItCannotCount() throws Exception {
        Path file = directory.resolve("shop.db");
        assertThat(RowCounts.of(SHOP, file)).isEmpty();
        Files.writeString(file, "this is no database");
        assertThat(RowCounts.of(SHOP, file)).isEqualTo(Optional.empty());
        assertThat(file).hasContent("this is no database");
    }

    private static RowCounts counts(Map<String, Long> tables) {
        return new RowCounts(new TreeMap<>(tables));
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
