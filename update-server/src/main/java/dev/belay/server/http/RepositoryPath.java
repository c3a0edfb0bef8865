package dev.belay.server.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The raw path of a request below `/repository/` as a relative file name that cannot leave it.
/// Pure.
///
/// Metadata files lie on disk under the very name that a TUF client asks for: the role
/// percent-encoded, keeping letters, digits and `_.-~`. So a request in any equivalent spelling is
/// brought to that form. Targets lie under their plain path.
///
/// @param file relative, `/` between segments, without `.` or `..`
/// @param changing whether the file is replaced in place (`timestamp.json`) rather than immutable
record RepositoryPath(String file, boolean changing) {
    private static final String PREFIX = "/repository/";
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_SEGMENT = 255;
    private static final Pattern VERSIONED = Pattern.compile("[1-9][0-9]{0,18}\\..+\\.json");
    private static final Pattern HASHED = Pattern.compile("[0-9a-f]{64}(?:[0-9a-f]{64})?\\..+");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// @return empty if no such file can exist
    static Optional<RepositoryPath> parse(String rawPath) {
        if (!rawPath.startsWith(PREFIX) || rawPath.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] segments = rawPath.substring(PREFIX.length()).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            Optional<String> decoded = decode(segments[i]);
            if (decoded.isEmpty() || !isName(decoded.get())) {
                return Optional.empty();
            }
            segments[i] = decoded.get();
        }
        return switch (segments[0]) {
            case "metadata" -> segments.length == 2 ? metadata(segments[1]) : Optional.empty();
            case "targets" -> targets(segments);
            default -> Optional.empty();
        };
    }

    private static Optional<RepositoryPath> metadata(String name) {
        if (name.equals("timestamp.json")) {
            return Optional.of(new RepositoryPath("metadata/timestamp.json", true));
        }
        return VERSIONED.matcher(name).matches()
                ? Optional.of(new RepositoryPath("metadata/" + encode(name), false))
                : Optional.empty();
    }

    private static Optional<RepositoryPath> targets(String[] segments) {
        for (String segment : segments) {
            // A slash inside a segment is a name in metadata only; in a path it would be a way up.
            if (segment.indexOf('/') >= 0) {
                return Optional.empty();
            }
        }
        return HASHED.matcher(segments[segments.length - 1]).matches()
                ? Optional.of(new RepositoryPath(String.join("/", segments), false))
                : Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_SEGMENT
                && name.charAt(0) != '.'
                && name.indexOf('\\') < 0
                && name.chars().noneMatch(Character::isISOControl);
    }

    /// Percent-decoding, once, strict: whole escapes and well-formed UTF-8 only.
    private static Optional<String> decode(String segment) {
        byte[] bytes = new byte[segment.length()];
        int length = 0;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c > 0x7e || c == ';') {
                return Optional.empty();
            }
            if (c != '%') {
                bytes[length++] = (byte) c;
            } else if (i + 2 < segment.length()
                    && HexFormat.isHexDigit(segment.charAt(i + 1))
                    && HexFormat.isHexDigit(segment.charAt(i + 2))) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(segment, i + 1, i + 3);
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        String decoded = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return decoded.indexOf('\ufffd') >= 0 ? Optional.empty() : Optional.of(decoded);
    }

    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "_.-~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /// The strong ETag that the name itself gives: the digest in it, or empty.
    Optional<String> hashInName() {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return HASHED.matcher(name).matches()
                ? Optional.of(name.substring(0, name.indexOf('.')))
                : Optional.empty();
    }
}
