package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// Which origins a rule speaks of: those in the range, in the list, or matching the pattern. If
/// none of the three is given, all of them.
public record Origins(
        Optional<String> range, List<Version> versions, Optional<OriginPattern> pattern) {
    /// Every origin.
    public static final Origins ALL = new Origins(Optional.empty(), List.of(), Optional.empty());

    public Origins {
        versions = List.copyOf(versions);
    }

    /// Whether every origin is meant.
    public boolean isAll() {
        return range.isEmpty() && versions.isEmpty() && pattern.isEmpty();
    }

    /// Origins of a range.
    public static Origins in(String range) {
        return new Origins(Optional.of(range), List.of(), Optional.empty());
    }
}
