package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.PropertiesPiece.Property;
import dev.belay.supervisor.merge.PropertiesPiece.Remark;
import java.util.ArrayList;
import java.util.List;

/// Reads Java properties as `java.util.Properties.load` does, into pieces that know their place in
/// the text.
final class PropertiesParser {
    /// A text is no properties file.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
        private final int offset;

        Malformed(int offset, String reason) {
            super(reason);
            this.offset = offset;
        }

        int offset() {
            return offset;
        }
    }

    private final String text;
    private int at;

    private PropertiesParser(String text) {
        this.text = text;
    }

    static List<PropertiesPiece> parse(String text) throws Malformed {
        return new PropertiesParser(text).run();
    }

    private List<PropertiesPiece> run() throws Malformed {
        List<PropertiesPiece> pieces = new ArrayList<>();
        while (true) {
            skipBlank();
            if (at >= text.length()) {
                return pieces;
            }
            pieces.add(isComment(at) ? remark() : property());
        }
    }

    private boolean isComment(int offset) {
        return text.charAt(offset) == '#' || text.charAt(offset) == '!';
    }

    private void skipBlank() {
        while (at < text.length() && " \t\f\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// Comment lines up to the next blank line or property.
    private Remark remark() {
        int start = at;
        int end = lineEnd(at);
        int next = lineStartAfter(end);
        while (next < text.length()) {
            int mark = next;
            while (mark < text.length() && " \t\f".indexOf(text.charAt(mark)) >= 0) {
                mark++;
            }
            if (mark >= text.length() || !isComment(mark)) {
                break;
            }
            end = lineEnd(mark);
            next = lineStartAfter(end);
        }
        at = end;
        String canonical = text.substring(start, end).replaceAll("\\s+", " ").strip();
        return new Remark(start, end, canonical);
    }

    private Property property() throws Malformed {
        int start = at;
        int end = logicalEnd(start);
        int keyEnd = start;
        while (keyEnd < end && "=: \t\f\r\n".indexOf(text.charAt(keyEnd)) < 0) {
            keyEnd += text.charAt(keyEnd) == '\\' ? escapeLength(keyEnd) : 1;
        }
        keyEnd = Math.min(keyEnd, end);
        int valueStart = skipSpaces(keyEnd, end);
        if (valueStart < end && "=:".indexOf(text.charAt(valueStart)) >= 0) {
            valueStart = skipSpaces(valueStart + 1, end);
        }
        at = end;
        return new Property(
                start,
                end,
                unescape(text.substring(start, keyEnd), start),
                unescape(text.substring(valueStart, end), valueStart),
                keyEnd,
                valueStart);
    }

    /// A backslash and what it escapes; a continuation takes the next line's indentation along.
    private int escapeLength(int backslash) {
        int next = backslash + 1;
        if (text.startsWith("\r\n", next)) {
            next++;
        }
        boolean continues = next < text.length() && "\r\n".indexOf(text.charAt(next)) >= 0;
        next++;
        while (continues && next < text.length() && " \t\f".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next - backslash;
    }

    private int skipSpaces(int from, int end) {
        int offset = from;
        while (offset < end) {
            if (" \t\f".indexOf(text.charAt(offset)) >= 0) {
                offset++;
            } else if (text.startsWith("\\\n", offset) || text.startsWith("\\\r", offset)) {
                return offset;
            } else {
                break;
            }
        }
        return offset;
    }

    /// The end of a logical line: the first line end without an odd number of backslashes before.
    private int logicalEnd(int start) {
        int offset = start;
        while (offset < text.length() && "\r\n".indexOf(text.charAt(offset)) < 0) {
            offset += text.charAt(offset) == '\\' ? escapeLength(offset) : 1;
        }
        return Math.min(offset, text.length());
    }

    private int lineEnd(int start) {
        int offset = start;
        while (offset < text.length() && "\r\n".indexOf(text.charAt(offset)) < 0) {
            offset++;
        }
        return offset;
    }

    private int lineStartAfter(int lineEnd) {
        return lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1);
    }

    /// Escapes resolved, continuation lines joined.
    static String unescape(String raw, int offset) throws Malformed {
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                if (c != '\\') {
                    plain.append(c);
                }
                continue;
            }
            c = raw.charAt(++i);
            switch (c) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    if (!raw.substring(i + 1).matches("(?s)[0-9A-Fa-f]{4}.*")) {
                        throw new Malformed(offset + i, "a \\u needs four hexadecimal digits");
                    }
                    plain.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                case '\r', '\n' -> {
                    i += c == '\r' && raw.startsWith("\n", i + 1) ? 1 : 0;
                    while (i + 1 < raw.length() && " \t\f".indexOf(raw.charAt(i + 1)) >= 0) {
                        i++;
                    }
                }
                default -> plain.append(c);
            }
        }
        return plain.toString();
    }
}
