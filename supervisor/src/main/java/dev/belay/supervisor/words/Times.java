package dev.belay.supervisor.words;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Moments and durations for people. JSON keeps ISO 8601 instants in UTC.
public final class Times {
    private static final long MILLIS = 1000;

    private Times() {}

    /// UTC to the second, for example `2026-11-20 10:14:21 UTC`: the same on the host, in the
    /// vendor's bug report and in every log, and without the rules of any time zone to load.
    public static String utc(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
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
