package dev.belay.versys.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonNull;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Documents that differ from one document in exactly one place of its tree.
final class TreeMutations {
    private static final List<JsonValue> STRANGERS =
            List.of(
                    new JsonNull(),
                    new JsonBoolean(true),
                    new JsonInteger(0),
                    new JsonInteger(1),
                    new JsonInteger(-1),
                    new JsonInteger(Long.MAX_VALUE),
                    new JsonString(""),
                    new JsonString("x"),
                    new JsonArray(List.of()),
                    new JsonObject(Map.of()));

    private final List<String> mutants = new ArrayList<>();

    private TreeMutations() {}

    static List<String> of(String text) {
        TreeMutations mutations = new TreeMutations();
        JsonValue root = JsonParser.parse(text.getBytes(UTF_8));
        mutations.visit(root, each -> each);
        mutations.mutants.removeIf(mutant -> mutant.equals(print(root)));
        return mutations.mutants;
    }

    /// @param wrap puts a value in the place of the visited one and gives the whole document
    private void visit(JsonValue value, UnaryOperator<JsonValue> wrap) {
        STRANGERS.forEach(stranger -> mutants.add(print(wrap.apply(stranger))));
        switch (value) {
            case JsonObject object -> members(object, wrap);
            case JsonArray array -> elements(array, wrap);
            case JsonInteger integer ->
                    mutants.add(print(wrap.apply(new JsonInteger(integer.value() + 1))));
            case JsonString string ->
                    mutants.add(print(wrap.apply(new JsonString(string.value() + " "))));
            case JsonBoolean bool -> mutants.add(print(wrap.apply(new JsonBoolean(!bool.value()))));
            case JsonNull _ -> {}
        }
    }

    private void members(JsonObject object, UnaryOperator<JsonValue> wrap) {
        mutants.add(print(wrap.apply(object.with("unknown", new JsonInteger(1)))));
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String name = member.getKey();
            Map<String, JsonValue> without = new LinkedHashMap<>(object.members());
            without.remove(name);
            mutants.add(print(wrap.apply(new JsonObject(without))));
            String repeated = print(new JsonObject(Map.of(name, member.getValue())));
            String marker = "\"place-of-the-repeated-member\":null";
            String whole =
                    print(wrap.apply(object.with("place-of-the-repeated-member", new JsonNull())));
            mutants.add(whole.replace(marker, repeated.substring(1, repeated.length() - 1)));
            visit(member.getValue(), changed -> wrap.apply(object.with(name, changed)));
        }
    }

    private void elements(JsonArray array, UnaryOperator<JsonValue> wrap) {
        for (int i = 0; i < array.elements().size(); i++) {
            int index = i;
            List<JsonValue> without = new ArrayList<>(array.elements());
            JsonValue element = without.remove(index);
            mutants.add(print(wrap.apply(new JsonArray(without))));
            List<JsonValue> twice = new ArrayList<>(array.elements());
            twice.add(element);
            mutants.add(print(wrap.apply(new JsonArray(twice))));
            visit(
                    element,
                    changed -> {
                        List<JsonValue> copy = new ArrayList<>(array.elements());
                        copy.set(index, changed);
                        return wrap.apply(new JsonArray(copy));
                    });
        }
    }

    private static String print(JsonValue value) {
        return new String(CanonicalJson.encodeAsJson(value), UTF_8);
    }
}
