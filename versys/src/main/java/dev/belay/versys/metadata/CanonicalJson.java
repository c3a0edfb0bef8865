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

    private CanonicalJson() {}

    /// The canonical bytes, UTF-8.
    public static byte[] encode(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonObject object -> {
                List<String> names = new ArrayList<>(object.members().keySet());
                names.sort(BY_CODE_POINT);
                char before = '{';
                for (String name : names) {
                    out.append(before);
                    writeString(name, out);
                    out.append(':');
                    write(Objects.requireNonNull(object.members().get(name)), out);
                    before = ',';
                }
                out.append(names.isEmpty() ? "{}" : "}");
            }
            case JsonArray array -> {
                char before = '[';
                for (JsonValue element : array.elements()) {
                    out.append(before);
                    write(element, out);
                    before = ',';
                }
                out.append(array.elements().isEmpty() ? "[]" : "]");
            }
            case JsonString string -> writeString(string.value(), out);
            case JsonInteger integer -> out.append(integer.value());
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNull _ -> out.append("null");
        }
    }

    private static void writeString(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
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
