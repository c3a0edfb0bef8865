package dev.belay.versys.graph;

import dev.belay.versys.graph.FactTest.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/// The forms of a fact test: a plain value, a list of values, a comparison, or an object.
final class FactTestCodec implements Codec<FactTest> {
    static final Codec<Map<String, FactTest>> TESTS = new FactTestCodec().map(Function.identity());
    static final Codec<HostPredicate> WHEN =
            Codec.of(
                    in -> new HostPredicate(TESTS.read(in)),
                    (when, out) -> TESTS.write(when.tests(), out));

    private static final Pattern COUNT = Pattern.compile("(<=|>=|<|>|=)? *(-?[0-9]{1,6})");
    private static final List<String> BEHIND =
            List.of("majors-behind", "minors-behind", "patches-behind");

    /// A value that stands alone: text that starts with a comparison sign is a range.
    static FactTest plain(Object value) {
        return value instanceof String text
                        && !text.isEmpty()
                        && "<>=^~".indexOf(text.charAt(0)) >= 0
                ? FactTest.InRange.of(text)
                : new FactTest.OneOf(List.of(value));
    }

    @Override
    public FactTest read(DocumentReader in) {
        if (in.isObject()) {
            List<FactTest> found = new ArrayList<>();
            in.object(name -> found.add(object(name, in)));
            if (found.size() != 1) {
                throw in.bad("a fact test has exactly one field");
            }
            return found.getFirst();
        }
        if (in.isArray()) {
            return new FactTest.OneOf(in.list(in::scalar));
        }
        return in.checked(() -> plain(in.scalar()));
    }

    private FactTest object(String name, DocumentReader in) {
        return switch (name) {
            case "range" -> in.parsed(FactTest.InRange::of);
            case "not" -> new FactTest.Not(read(in));
            case "present" -> new FactTest.Present(in.bool());
            case "pre-release" -> new FactTest.PreRelease(TEXT.set().read(in));
            case "majors-behind", "minors-behind", "patches-behind" ->
                    in.parsed(text -> behind(BEHIND.indexOf(name), text));
            default -> throw in.bad("unknown fact test '" + name + "'");
        };
    }

    private static FactTest behind(int place, String text) {
        Matcher match = COUNT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a count such as >1 or <=-1");
        }
        String sign = match.group(1) == null ? "=" : match.group(1);
        Comparison comparison =
                Arrays.stream(Comparison.values())
                        .filter(c -> c.sign().equals(sign))
                        .findFirst()
                        .orElseThrow();
        return new FactTest.Behind(place, comparison, Integer.parseInt(match.group(2)));
    }

    @Override
    public void write(FactTest test, JsonGenerator out) {
        switch (test) {
            case FactTest.OneOf(List<Object> values)
                    when values.size() == 1 && plain(values.getFirst()).equals(test) ->
                    scalar(values.getFirst(), out);
            case FactTest.OneOf(List<Object> values) -> {
                out.writeStartArray();
                values.forEach(value -> scalar(value, out));
                out.writeEndArray();
            }
            case FactTest.InRange(String range, _) -> field("range", range, TEXT, out);
            case FactTest.Present(boolean present) -> field("present", present, FLAG, out);
            case FactTest.PreRelease(Set<String> classes) ->
                    field("pre-release", classes, TEXT.set(), out);
            case FactTest.Not(FactTest negated) -> field("not", negated, this, out);
            case FactTest.Behind(int place, Comparison comparison, int count) ->
                    field(BEHIND.get(place), comparison.sign() + count, TEXT, out);
        }
    }

    private static <F> void field(String name, F value, Codec<F> codec, JsonGenerator out) {
        out.writeStartObject();
        out.writeName(name);
        codec.write(value, out);
        out.writeEndObject();
    }

    private static void scalar(Object value, JsonGenerator out) {
        switch (value) {
            case BigDecimal number -> out.writeNumber(number);
            case Boolean bool -> out.writeBoolean(bool);
            default -> out.writeString(value.toString());
        }
    }
}
