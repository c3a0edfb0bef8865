package dev.belay.supervisor.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments and durations for people. JSON keeps ISO 8601 instants in UTC.
public final class Times {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final long MILLIS = 1000;

    private Times() {}

    /// The host's local time to the second, for example `2026-11-20 10:14:21`.
    public static String local(Instant at) {
        return in(at, ZoneId.systemDefault());
    }

    static String in(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone));
    }

    /// For example `14.6 s`.
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / (double) MILLIS);
    }

    /// As above.
    ///
    /// @param seconds the duration in seconds
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
