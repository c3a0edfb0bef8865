package dev.belay.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of a file an answer carries, by RFC 9110 section 14. Pure.
sealed interface ByteRange {
    /// All of it: no range was asked for, or one that this server may ignore (several ranges, other
    /// units, malformed).
    record Whole() implements ByteRange {}

    /// @param first offset of the first byte
    /// @param last offset of the last byte, inclusive
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /// No byte of the file is in the range: 416.
    record Unsatisfiable() implements ByteRange {}

    /// @param header the value of `Range`
    /// @param ifRange the value of `If-Range`; a date or another ETag than `etag` turns the range
    ///   off
    /// @param length of the file in bytes
    static ByteRange of(
            @Nullable String header, @Nullable String ifRange, String etag, long length) {
        if (header == null || (ifRange != null && !ifRange.equals(etag))) {
            return new Whole();
        }
        Matcher range =
                Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})").matcher(header.strip());
        if (!range.matches()) {
            return new Whole();
        }
        String from = range.group(1);
        String to = range.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? new Whole() : suffix(Long.parseLong(to), length);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        if (last < first) {
            return new Whole();
        }
        return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
    }

    private static ByteRange suffix(long wanted, long length) {
        return wanted == 0 || length == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, length - wanted), length - 1);
    }
}
