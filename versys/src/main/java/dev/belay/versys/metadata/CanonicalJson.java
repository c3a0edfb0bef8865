package dev.belay.versys.metadata;

import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonNull;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// The OLPC canonical form of JSON, over which TUF signatures are made (TUF 1.0 §4.2,
/// wiki.laptop.org/go/Canonical_JSON).
///
/// Members sorted by code point, no white space, and in strings only `"` and `\` escaped: control
/// characters stay as they are. This is not RFC 8785.
public final class CanonicalJson {
    /// Java compares strings by UTF-16 unit, which sorts characters beyond the basic plane wrongly.
    private static final Comparator<String> BY_CODE_POINT = CanonicalJson::compareCodePoints;

    private final boolean escapeControls;
    private final StringBuilder out = new StringBuilder();

    private CanonicalJson(boolean escapeControls) {
        this.escapeControls = escapeControls;
    }

    /// The canonical bytes, UTF-8: what is signed. Not always JSON, since control characters in
    /// strings stay as they are.
    public static byte[] encode(JsonValue value) {
        return new CanonicalJson(false).bytes(value);
    }

    /// The same order without white space, but JSON in every case: what is written to files.
    public static byte[] encodeAsJson(JsonValue value) {
        return new CanonicalJson(true).bytes(value);
    }

    private byte[] bytes(JsonValue value) {
        write(value);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonValue value) {
        switch (value) {
            case JsonObject object -> {
                List<String> names = new ArrayList<>(object.members().keySet());
                names.sort(BY_CODE_POINT);
                char before = '{';
                for (String name : names) {
                    out.append(before);
                    writeString(name);
                    out.append(':');
                    write(Objects.requireNonNull(object.members().get(name)));
                    before = ',';
                }
                out.append(names.isEmpty() ? "{}" : "}");
            }
            case JsonArray array -> {
                char before = '[';
                for (JsonValue element : array.elements()) {
                    out.append(before);
                    write(element);
                    before = ',';
                }
                out.append(array.elements().isEmpty() ? "[]" : "]");
            }
            case JsonString string -> writeString(string.value());
            case JsonInteger integer -> out.append(integer.value());
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNull _ -> out.append("null");
        }
    }

    private void writeString(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' && escapeControls) {
                out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
                continue;
            }
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static int compareCodePoints(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int left = a.codePointAt(i);
            int right = b.codePointAt(i);
            if (left != right) {
                return Integer.compare(left, right);
            }
            i += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    }
}
