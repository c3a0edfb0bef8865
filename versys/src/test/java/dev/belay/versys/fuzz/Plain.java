package dev.belay.versys.fuzz;

import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonNull;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// JSON of our reader and of Jackson as plain maps, lists, texts and numbers, to compare them and
/// to write them by the independent canonical form.
public final class Plain {
    /// `null` of JSON, which lists and maps of ours could not hold.
    private static final Object NULL =
            new Object() {
                @Override
                public String toString() {
                    return "null";
                }
            };

    private Plain() {}

    public static Object of(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, Object> map = new LinkedHashMap<>();
                object.members().forEach((name, member) -> map.put(name, of(member)));
                yield map;
            }
            case JsonArray array -> array.elements().stream().map(Plain::of).toList();
            case JsonString string -> string.value();
            case JsonInteger integer -> BigInteger.valueOf(integer.value());
            case JsonBoolean bool -> bool.value();
            case JsonNull _ -> NULL;
        };
    }

    public static Object of(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(member -> map.put(member.getKey(), of(member.getValue())));
            return map;
        }
        if (node.isArray()) {
            return node.valueStream().map(Plain::of).toList();
        }
        if (node.isString()) {
            return node.stringValue();
        }
        return node.isBoolean()
                ? (Object) node.booleanValue()
                : node.isNull() ? NULL : node.bigIntegerValue();
    }
}
