package dev.belay.versys.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value as signed metadata may contain it: no fractions, integers of 64 bits, member names
/// unique. Immutable. Members keep the order in which they were read.
public sealed interface JsonValue {
    /// Members by name.
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// A copy with one member set.
        public JsonObject with(String name, JsonValue value) {
            Map<String, JsonValue> copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new JsonObject(copy);
        }
    }

    /// Elements in order.
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }

        /// An array of strings.
        public static JsonArray ofStrings(Iterable<String> strings) {
            List<JsonValue> elements = new ArrayList<>();
            strings.forEach(string -> elements.add(new JsonString(string)));
            return new JsonArray(elements);
        }
    }

    /// Text; never holds an unpaired surrogate when it was parsed.
    record JsonString(String value) implements JsonValue {}

    /// A 64-bit integer.
    record JsonInteger(long value) implements JsonValue {}

    /// `true` or `false`.
    record JsonBoolean(boolean value) implements JsonValue {}

    /// `null`.
    record JsonNull() implements JsonValue {}
}
