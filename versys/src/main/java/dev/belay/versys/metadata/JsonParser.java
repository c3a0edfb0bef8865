package dev.belay.versys.metadata;

import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonNull;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A strict JSON reader (RFC 8259) for signed metadata.
///
/// Refuses what two readers could understand differently: duplicate member names, fractions and
/// exponents, integers beyond 64 bits, unpaired surrogates, bytes that are not UTF-8, a byte order
/// mark, trailing bytes and nesting deeper than [#MAX_DEPTH]. Why it is our own: docs/adr, "A small
/// JSON reader for signed metadata".
public final class JsonParser {
    /// Deeper nesting is refused; TUF metadata needs nine levels.
    public static final int MAX_DEPTH = 100;

    private final String text;
    private int at;

    private JsonParser(String text) {
        this.text = text;
    }

    /// @throws MetadataException `metadata-malformed` if the bytes are not one strict JSON value
    public static JsonValue parse(byte[] utf8) {
        JsonParser parser = new JsonParser(decode(utf8));
        JsonValue value = parser.value(0);
        parser.skipWhitespace();
        if (parser.at < parser.text.length()) {
            throw parser.malformed("bytes after the end of the value");
        }
        return value;
    }

    /// As `parse`, and the value must be an object.
    public static JsonObject parseObject(byte[] utf8) {
        if (parse(utf8) instanceof JsonObject object) {
            return object;
        }
        throw MetadataException.malformed("the document is not a JSON object");
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw MetadataException.malformed("the bytes are not UTF-8");
        }
    }

    private JsonValue value(int depth) {
        if (depth > MAX_DEPTH) {
            throw malformed("nested deeper than " + MAX_DEPTH);
        }
        skipWhitespace();
        char first = peek();
        return switch (first) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(string());
            case 't' -> literal("true", new JsonBoolean(true));
            case 'f' -> literal("false", new JsonBoolean(false));
            case 'n' -> literal("null", new JsonNull());
            default -> integer();
        };
    }

    private JsonObject object(int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        at++;
        skipWhitespace();
        if (peek() == '}') {
            at++;
            return new JsonObject(members);
        }
        while (true) {
            skipWhitespace();
            expect('"');
            at--;
            String name = string();
            skipWhitespace();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw malformed("member \"" + name + "\" appears twice");
            }
            if (lastInList('}')) {
                return new JsonObject(members);
            }
        }
    }

    private JsonArray array(int depth) {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        skipWhitespace();
        if (peek() == ']') {
            at++;
            return new JsonArray(elements);
        }
        while (true) {
            elements.add(value(depth + 1));
            if (lastInList(']')) {
                return new JsonArray(elements);
            }
        }
    }

    private boolean lastInList(char end) {
        skipWhitespace();
        char c = next();
        if (c != ',' && c != end) {
            throw malformed("expected , or " + end);
        }
        return c == end;
    }

    private String string() {
        expect('"');
        int start = at;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        StringBuilder out = new StringBuilder().append(text, start, at);
        while (true) {
            char c = next();
            if (c == '"') {
                return paired(out.toString());
            }
            if (c < ' ') {
                throw malformed("control character in a string");
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    private char escape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = hexDigit(next());
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw malformed("unknown escape \\" + c);
        };
    }

    private int hexDigit(char c) {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw malformed("not a hexadecimal digit");
        }
        return digit;
    }

    private String paired(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw malformed("unpaired surrogate");
            }
        }
        return string;
    }

    private JsonInteger integer() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        boolean leadingZero = at - digits > 1 && text.charAt(digits) == '0';
        boolean fraction = at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0;
        if (at == digits || leadingZero || fraction) {
            throw malformed("expected a value; numbers must be whole");
        }
        try {
            return new JsonInteger(Long.parseLong(text, start, at, 10));
        } catch (NumberFormatException e) {
            throw malformed("an integer beyond 64 bits");
        }
    }

    private JsonValue literal(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw malformed("expected a value");
        }
        at += word.length();
        return value;
    }

    private void skipWhitespace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) {
        if (next() != c) {
            throw malformed("expected " + c);
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw malformed("the text ends too early");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private MetadataException malformed(String what) {
        return MetadataException.malformed("not strict JSON at character " + at + ": " + what);
    }
}
