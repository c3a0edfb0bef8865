package dev.belay.versys.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonNull;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.simulator.IndependentCanonicalForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{} x",
                "{}{}",
                "NaN",
                "Infinity",
                "1.0",
                "1e3",
                "01",
                "-",
                "+1",
                "--1",
                "9223372036854775808",
                "-9223372036854775809",
                "\"\u0001\"",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u00g0\"",
                "\"\\uD800\"",
                "\"\\uDC00\\uD800\"",
                "\"open",
                "'single'",
                "tru",
                "nul",
                "\uFEFF{}",
                "/* c */ {}",
                "\u00a01",
            })
    void t14RefusesWhatIsNotStrictJson(String text) {
        assertThatThrownBy(() -> JsonParser.parse(text.getBytes(UTF_8)))
                .isInstanceOf(MetadataException.class);
    }

    @Test
    void t14RefusesOtherEncodingsAndDepthWithoutOverflowingTheStack() {
        for (byte[] bytes :
                List.of(
                        "\"\u00e9\"".getBytes(ISO_8859_1),
                        new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                        "[".repeat(10_000).getBytes(UTF_8),
                        "{\"a\":".repeat(1_000_000).getBytes(UTF_8),
                        ("[".repeat(102) + "]".repeat(102)).getBytes(UTF_8))) {
            assertThatThrownBy(() -> JsonParser.parse(bytes)).isInstanceOf(MetadataException.class);
        }
        assertThat(JsonParser.parse(("[".repeat(101) + "]".repeat(101)).getBytes(UTF_8)))
                .isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> JsonParser.parseObject("[]".getBytes(UTF_8)))
                .isInstanceOf(MetadataException.class);
    }

    @Test
    void readsEveryKindOfValue() {
        String text =
                " { \"a\" : [ 1 , -9223372036854775808, true,false,null ] ,\t\"b\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\":{}\r\n} ";
        assertThat(JsonParser.parse(text.getBytes(UTF_8)))
                .isEqualTo(
                        new JsonObject(
                                Map.of(
                                        "a",
                                        new JsonArray(
                                                List.of(
                                                        new JsonInteger(1),
                                                        new JsonInteger(Long.MIN_VALUE),
                                                        new JsonBoolean(true),
                                                        new JsonBoolean(false),
                                                        new JsonNull())),
                                        "b\"\\/\b\f\n\r\t\u00e9\uD83D\uDE00",
                                        new JsonObject(Map.of()))));
    }

    @Test
    void canonicalFormEscapesOnlyQuoteAndBackslashAndSortsByCodePoint() {
        String beyond = "\uD83D\uDE00";
        JsonObject object =
                new JsonObject(
                        Map.of(
                                beyond,
                                new JsonInteger(1),
                                "\uFFFD",
                                new JsonInteger(2),
                                "a",
                                new JsonString("\n\u007f\"\\/\u00e9"),
                                "",
                                new JsonArray(List.of())));
        assertThat(new String(CanonicalJson.encode(object), UTF_8))
                .isEqualTo(
                        "{\"\":[],\"a\":\"\n\u007f\\\"\\\\/\u00e9\",\"\uFFFD\":2,\""
                                + beyond
                                + "\":1}");
    }

    @Test
    void agreesWithAnIndependentCanonicalForm() {
        for (int seed = 0; seed < 500; seed++) {
            Object tree = randomTree(new Random(seed), 4);
            byte[] independent = IndependentCanonicalForm.of(tree);
            assertThat(CanonicalJson.encode(ours(tree))).as("seed %s", seed).isEqualTo(independent);
            assertThat(JsonParser.parse(CanonicalJson.encodeAsJson(ours(tree))))
                    .as("seed %s", seed)
                    .isEqualTo(ours(tree));
        }
    }

    private static Object randomTree(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 5 : 3);
        return switch (kind) {
            case 0 -> randomText(random);
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    map.put(randomText(random), randomTree(random, depth - 1));
                }
                yield map;
            }
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    list.add(randomTree(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '"' : point);
        }
        return text.toString();
    }

    private static JsonValue ours(Object tree) {
        return switch (tree) {
            case String string -> new JsonString(string);
            case Long number -> new JsonInteger(number);
            case Boolean bool -> new JsonBoolean(bool);
            case List<?> list -> new JsonArray(list.stream().map(JsonTest::ours).toList());
            case Map<?, ?> map -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                map.forEach((name, value) -> members.put((String) name, ours(value)));
                yield new JsonObject(members);
            }
            default -> throw new IllegalArgumentException(tree.toString());
        };
    }
}
