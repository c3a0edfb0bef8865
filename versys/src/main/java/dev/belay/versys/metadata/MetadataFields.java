package dev.belay.versys.metadata;

import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Typed reading of the members of one object; `where` names it in errors.
record MetadataFields(JsonObject object, String where) {
    String string(String name) {
        return optionalString(name).orElseThrow(() -> wrong(name, "text"));
    }

    Optional<String> optionalString(String name) {
        return switch (object.members().get(name)) {
            case null -> Optional.empty();
            case JsonString string -> Optional.of(string.value());
            default -> throw wrong(name, "text");
        };
    }

    /// An integer of at least `minimum`.
    long integer(String name, long minimum) {
        return optionalInteger(name, minimum)
                .orElseThrow(() -> wrong(name, "an integer of at least " + minimum));
    }

    OptionalLong optionalInteger(String name, long minimum) {
        @Nullable JsonValue value = object.members().get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonInteger integer && integer.value() >= minimum) {
            return OptionalLong.of(integer.value());
        }
        throw wrong(name, "an integer of at least " + minimum);
    }

    boolean bool(String name, boolean otherwise) {
        return switch (object.members().get(name)) {
            case null -> otherwise;
            case JsonBoolean bool -> bool.value();
            default -> throw wrong(name, "true or false");
        };
    }

    MetadataFields child(String name) {
        return optionalChild(name).orElseThrow(() -> wrong(name, "an object"));
    }

    Optional<MetadataFields> optionalChild(String name) {
        return switch (object.members().get(name)) {
            case null -> Optional.empty();
            case JsonObject child -> Optional.of(new MetadataFields(child, where + "." + name));
            default -> throw wrong(name, "an object");
        };
    }

    /// Every member of the object `name`, read by `reader`.
    <T> Map<String, T> map(String name, BiFunction<String, MetadataFields, T> reader) {
        MetadataFields child = child(name);
        Map<String, T> result = new LinkedHashMap<>();
        for (String key : child.object.members().keySet()) {
            result.put(key, reader.apply(key, child.child(key)));
        }
        return result;
    }

    List<String> strings(String name) {
        List<String> result = new ArrayList<>();
        for (JsonValue element : array(name)) {
            if (!(element instanceof JsonString string)) {
                throw wrong(name, "a list of texts");
            }
            result.add(string.value());
        }
        return result;
    }

    List<MetadataFields> objects(String name) {
        List<MetadataFields> result = new ArrayList<>();
        for (JsonValue element : array(name)) {
            if (!(element instanceof JsonObject child)) {
                throw wrong(name, "a list of objects");
            }
            result.add(new MetadataFields(child, where + "." + name));
        }
        return result;
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    private List<JsonValue> array(String name) {
        if (object.members().get(name) instanceof JsonArray array) {
            return array.elements();
        }
        throw wrong(name, "a list");
    }

    MetadataException wrong(String name, String wanted) {
        return MetadataException.malformed(where + "." + name + " must be " + wanted);
    }
}
