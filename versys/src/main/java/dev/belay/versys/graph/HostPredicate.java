package dev.belay.versys.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tests on facts of a host that must all hold. Without tests it always holds.
public record HostPredicate(Map<String, FactTest> tests) {
    /// Holds for every host.
    public static final HostPredicate ALWAYS = new HostPredicate(Map.of());

    public HostPredicate {
        tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
    }

    /// Whether it holds for a move.
    public Truth test(Move move) {
        Truth result = Truth.YES;
        for (Map.Entry<String, FactTest> test : tests.entrySet()) {
            result = result.and(test.getValue().test(test.getKey(), move));
        }
        return result;
    }

    /// Whether the answer may differ between targets.
    public boolean asksOfTarget() {
        return tests.entrySet().stream()
                .anyMatch(test -> test.getKey().equals("$target") || test.getValue().isRelative());
    }

    /// Whether the answer may differ between moves of one host.
    public boolean asksOfMove() {
        return asksOfTarget() || tests.containsKey("$origin");
    }

    /// Whether there is nothing to ask.
    public boolean isAlways() {
        return tests.isEmpty();
    }
}
