package dev.belay.supervisor.service;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Ids of runs: sortable by time, unique on the host, safe as file names, for example
/// `20260102T030405Z-9f86d0`.
public final class TransactionId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// The id of the run that this thread works for; bound for the whole run, so that logs and hook
    /// environments carry it without handing it around.
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private TransactionId() {}

    /// A new one.
    public static String next(Instant now, RandomGenerator random) {
        byte[] bytes = new byte[3];
        random.nextBytes(bytes);
        return TIME.format(now) + "-" + HexFormat.of().formatHex(bytes);
    }
}
