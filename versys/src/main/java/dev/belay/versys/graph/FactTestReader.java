package dev.belay.versys.graph;

import dev.belay.versys.graph.FactTest.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the forms of a fact test: a plain value, a list of values, a comparison, or an object.
final class FactTestReader {
    private static final Pattern COUNT = Pattern.compile("(<=|>=|<|>|=)? *(-?[0-9]{1,6})");
    private static final List<String> BEHIND =
            List.of("majors-behind", "minors-behind", "patches-behind");

    private final DocumentReader in;

    FactTestReader(DocumentReader in) {
        this.in = in;
    }

    HostPredicate predicate() {
        return new HostPredicate(tests());
    }

    Map<String, FactTest> tests() {
        Map<String, FactTest> tests = new LinkedHashMap<>();
        in.object(name -> {
            tests.put(name, test());
            return true;
        });
        return tests;
    }

    private FactTest test() {
        if (in.isObject()) {
            List<FactTest> found = new ArrayList<>();
            in.object(name -> found.add(objectForm(name)));
            if (found.size() != 1) {
                throw in.bad("a fact test has exactly one field");
            }
            return found.getFirst();
        }
        if (in.isArray()) {
            return new FactTest.OneOf(in.list(in::scalar));
        }
        return in.checked(() -> of(in.scalar()));
    }

    /// A value that stands alone: text that starts with a comparison sign is a range.
    static FactTest of(Object value) {
        return value instanceof String text
                        && !text.isEmpty()
                        && "<>=^~".indexOf(text.charAt(0)) >= 0
                ? FactTest.InRange.of(text)
                : new FactTest.OneOf(List.of(value));
    }

    private FactTest objectForm(String name) {
        return switch (name) {
            case "range" -> in.parsed(FactTest.InRange::of);
            case "not" -> new FactTest.Not(test());
            case "present" -> new FactTest.Present(in.bool());
            case "pre-release" -> new FactTest.PreRelease(Set.copyOf(in.list(in::string)));
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
}
