package dev.belay.versys.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The OLPC canonical form over plain maps, lists, strings, integers and booleans. Sorts by UTF-8
/// bytes, which is the order of code points, where the code under test compares code points.
public final class IndependentCanonicalForm {
    private IndependentCanonicalForm() {}

    public static byte[] of(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /// The same as JSON, in which control characters must be escaped.
    public static byte[] json(Object value) {
        return text(value)
                .codePoints()
                .mapToObj(c -> c < ' ' ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object value) {
        return switch (value) {
            case String string -> '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .sorted((a, b) ->
                                    Arrays.compareUnsigned(utf8(a.getKey()), utf8(b.getKey())))
                            .map(e -> text(e.getKey()) + ':' + text(e.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
            case List<?> list ->
                    list.stream()
                            .map(IndependentCanonicalForm::text)
                            .collect(Collectors.joining(",", "[", "]"));
            default -> value.toString();
        };
    }

    private static byte[] utf8(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
