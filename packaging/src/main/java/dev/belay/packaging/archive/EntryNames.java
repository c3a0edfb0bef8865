package dev.belay.packaging.archive;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// The rules for the name of something inside an archive: relative, normalised, with `/` between
/// segments and nothing in it that a terminal, a log or a file system takes for something else.
public final class EntryNames {
    /// What file systems allow for one segment, in bytes of UTF-8.
    private static final int MAX_SEGMENT_BYTES = 255;

    private EntryNames() {}

    /// What is wrong with a name, as the end of a sentence; empty if nothing is.
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("an entry has no name");
        }
        Optional<String> rule =
                name.startsWith("/")
                        ? Optional.of("is absolute")
                        : name.indexOf('\\') >= 0
                                ? Optional.of("contains a backslash")
                                : name.codePoints().anyMatch(EntryNames::isUnprintable)
                                        ? Optional.of("contains control characters")
                                        : segmentProblem(name);
        return rule.map(what -> "the name " + printable(name) + " " + what);
    }

    private static Optional<String> segmentProblem(String name) {
        for (String segment : name.split("/", -1)) {
            switch (segment) {
                case "" -> {
                    return Optional.of("has an empty segment");
                }
                case ".", ".." -> {
                    return Optional.of("has a segment " + segment);
                }
                default -> {
                    if (utf8Length(segment) > MAX_SEGMENT_BYTES) {
                        return Optional.of(
                                "has a segment of more than " + MAX_SEGMENT_BYTES + " bytes");
                    }
                }
            }
        }
        return Optional.empty();
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Control and format characters (bidirectional overrides among them), line separators and
    /// halves of surrogate pairs.
    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    /// Two names with the same key are the same file on a file system that ignores case or
    /// normalises Unicode.
    static String foldingKey(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return name.toLowerCase(Locale.ROOT);
        }
        String folded =
                Normalizer.normalize(name, Normalizer.Form.NFC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /// The name in quotes, unprintable characters escaped, shortened to what fits a message.
    public static String printable(String name) {
        StringBuilder result = new StringBuilder("\"");
        name.codePoints()
                .limit(200)
                .forEach(c -> {
                    if (isUnprintable(c) || c == '"') {
                        result.append(String.format(Locale.ROOT, "\\u{%x}", c));
                    } else {
                        result.appendCodePoint(c);
                    }
                });
        return result.append(name.codePointCount(0, name.length()) > 200 ? "…\"" : "\"").toString();
    }
}
