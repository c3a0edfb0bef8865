package dev.belay.versys.graph;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Instants as [Instant#parse] reads them, but quickly in the form that nearly all have: there is
/// one in every release.
final class Instants {
    private static final String FORM = "0000-00-00T00:00:00Z";

    private Instants() {}

    /// @throws java.time.format.DateTimeParseException if it is none
    static Instant parse(String text) {
        long digits = digits(text);
        try {
            if (digits >= 0) {
                return LocalDateTime.of(
                                (int) (digits / 10_000_000_000L),
                                (int) (digits / 100_000_000 % 100),
                                (int) (digits / 1_000_000 % 100),
                                (int) (digits / 10_000 % 100),
                                (int) (digits / 100 % 100),
                                (int) (digits % 100))
                        .toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException _) {
            // the end of a day, a leap second, or what must be said of a day that is none
        }
        return Instant.parse(text);
    }

    /// All digits as one number, or -1 if the text has another form.
    private static long digits(String text) {
        long digits = text.length() == FORM.length() ? 0 : -1;
        for (int i = 0; digits >= 0 && i < FORM.length(); i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) != '0') {
                digits = c == FORM.charAt(i) ? digits : -1;
            } else {
                digits = c >= '0' && c <= '9' ? digits * 10 + c - '0' : -1;
            }
        }
        return digits;
    }
}
