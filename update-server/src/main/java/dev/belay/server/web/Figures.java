package dev.belay.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Figures as people read them. Times are UTC and say so.
final class Figures {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Figures() {}

    static String day(Instant time) {
        return DAY.format(time);
    }

    static String time(Instant time) {
        return MINUTE.format(time);
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// Decimal units with one digit: 14.4 MB.
    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /// How long ago something was.
    static String ago(Duration span) {
        return span.toMinutes() < 1 ? "just now" : span(span) + " ago";
    }

    /// The largest unit only: 3 days, 5 hours.
    static String span(Duration span) {
        Duration length = span.abs();
        if (length.toDays() > 0) {
            return count(length.toDays(), "day");
        }
        return length.toHours() > 0
                ? count(length.toHours(), "hour")
                : count(length.toMinutes(), "minute");
    }
}
