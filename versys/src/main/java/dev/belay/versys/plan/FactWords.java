package dev.belay.versys.plan;

import dev.belay.versys.graph.FactTest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fact tests in words.
final class FactWords {
    private FactWords() {}

    static String of(@Nullable FactTest test) {
        return switch (test) {
            case null -> "";
            case FactTest.OneOf(var values) ->
                    values.stream().map(Object::toString).collect(Collectors.joining(" or "));
            case FactTest.InRange(String range, _) -> range;
            case FactTest.Not(FactTest negated) -> "other than " + of(negated);
            case FactTest.Present(boolean present) -> present ? "to be told" : "to be absent";
            case FactTest.Behind(_, var comparison, int count) ->
                    "to lag " + comparison.sign() + " " + count;
            case FactTest.PreRelease(var classes) ->
                    "a pre-release " + String.join(" or ", classes);
        };
    }
}
