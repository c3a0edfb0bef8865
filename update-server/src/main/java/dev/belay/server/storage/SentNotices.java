package dev.belay.server.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Which warnings were delivered: each once, over restarts of the server. Safe for use by many
/// threads.
public final class SentNotices {
    private static final Duration KEPT = Duration.ofDays(400);
    private final Database database;
    private final InstantSource clock;

    public SentNotices(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Whether a warning at least as urgent was delivered for this role and expiry.
    ///
    /// @param threshold how long before the expiry
    public boolean contains(String role, Instant expires, Duration threshold) {
        return !database.query(
                        "SELECT 1 FROM notice WHERE role = ? AND expires_at = ? AND threshold <= ?"
                                + " LIMIT 1",
                        row -> row.getInt(1),
                        role,
                        expires.toEpochMilli(),
                        threshold.toSeconds())
                .isEmpty();
    }

    /// Remembers that it was delivered.
    public void add(String role, Instant expires, Duration threshold) {
        database.update(
                "INSERT INTO notice (role, expires_at, threshold, sent_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                role,
                expires.toEpochMilli(),
                threshold.toSeconds(),
                clock.millis());
        database.update(
                "DELETE FROM notice WHERE sent_at < ?", clock.instant().minus(KEPT).toEpochMilli());
    }
}
