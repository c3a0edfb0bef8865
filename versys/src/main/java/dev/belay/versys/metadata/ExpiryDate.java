package dev.belay.versys.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as TUF writes them: `2026-11-20T09:00:00Z`, whole seconds, UTC, nothing else.
public final class ExpiryDate {
    private static final Pattern FORM =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)Z");

    private ExpiryDate() {}

    static Instant parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw MetadataException.malformed("expires must look like 2030-01-31T00:00:00Z");
        }
        try {
            return LocalDateTime.of(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)),
                            Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            Integer.parseInt(matcher.group(6)))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw MetadataException.malformed("expires is no date: " + text);
        }
    }

    /// The text of a moment, cut to seconds.
    public static String format(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
