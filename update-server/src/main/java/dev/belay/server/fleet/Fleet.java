package dev.belay.server.fleet;

import dev.belay.server.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Hosts that reported, and the outcomes of their updates.
///
/// Reports come from anyone who reaches the server. They inform people and are never acted upon by
/// themselves, and [#prune] bounds how many are kept. Safe for use by many threads.
public final class Fleet {
    private static final int MAX_REPORTS_PER_PRODUCT = 100_000;
    private static final int MAX_HOSTS_PER_PRODUCT = 50_000;
    private final Database database;
    private final InstantSource clock;

    /// @param clock for the time of arrival; a host's own clock is not believed
    public Fleet(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Keeps a report.
    ///
    /// @return false if a report with this id was there before; nothing was changed
    public boolean record(String product, Report report) {
        long now = clock.millis();
        return database.transaction(rows -> {
            boolean added = insert(rows, product, report, now);
            if (added) {
                touchHost(rows, product, report, now);
            }
            return added;
        });
    }

    /// The hosts of a product, those that reported last first.
    public List<Host> hosts(String product, int limit) {
        return database.query(
                """
                SELECT id, channel, version, outcome, kind, supervisor, reported_at
                FROM host WHERE product = ? ORDER BY reported_at DESC, id LIMIT ?\
                """,
                row ->
                        new Host(
                                product,
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                Instant.ofEpochMilli(row.getLong(7))),
                product,
                limit);
    }

    /// How many hosts of a product have reported.
    public int count(String product) {
        return database.query(
                        "SELECT COUNT(*) FROM host WHERE product = ?",
                        row -> row.getInt(1),
                        product)
                .getFirst();
    }

    /// Forgets the oldest reports and the longest silent hosts beyond what is kept of each product.
    public void prune(String product) {
        prune(product, MAX_REPORTS_PER_PRODUCT, MAX_HOSTS_PER_PRODUCT);
    }

    void prune(String product, int maxReports, int maxHosts) {
        database.update(
                """
                DELETE FROM report WHERE product = ? AND id IN (
                    SELECT id FROM report WHERE product = ?
                    ORDER BY received_at DESC, id LIMIT 1000000 OFFSET ?)\
                """,
                product,
                product,
                maxReports);
        database.update(
                """
                DELETE FROM host WHERE product = ? AND id IN (
                    SELECT id FROM host WHERE product = ?
                    ORDER BY reported_at DESC, id LIMIT 1000000 OFFSET ?)\
                """,
                product,
                product,
                maxHosts);
    }

    private static boolean insert(Database rows, String product, Report report, long now) {
        return rows.update(
                        """
                        INSERT INTO report (product, id, host, channel, from_version, to_version,
                            outcome, kind, message, seconds, supervisor, received_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (product, id) DO NOTHING\
                        """,
                        product,
                        report.id(),
                        report.host(),
                        report.channel(),
                        report.from(),
                        report.to(),
                        report.outcome(),
                        report.kind(),
                        report.message(),
                        report.seconds(),
                        report.supervisor(),
                        now)
                == 1;
    }

    private static void touchHost(Database rows, String product, Report report, long now) {
        rows.update(
                """
                INSERT INTO host (product, id, channel, version, outcome, kind, supervisor,
                    reported_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (product, id) DO UPDATE SET
                    channel = COALESCE(excluded.channel, host.channel),
                    version = COALESCE(excluded.version, host.version),
                    outcome = excluded.outcome, kind = excluded.kind,
                    supervisor = excluded.supervisor, reported_at = excluded.reported_at\
                """,
                product,
                report.host(),
                report.channel(),
                report.version(),
                report.outcome(),
                report.kind(),
                report.supervisor(),
                now);
    }
}
