package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;

/// A release, or the last release of each of some series, that no move may jump over.
///
/// @param where which releases are the stops
/// @param scope for whom
public record StopRule(Place where, StopScope scope) {
    /// Which releases are stops.
    public sealed interface Place {}

    /// One release.
    public record Exactly(Version version) implements Place {}

    /// The last release in a range that is not withdrawn and has a bundle for the platform.
    public record LastIn(String range) implements Place {}

    /// The last such release of every major (depth 1) or minor (depth 2) within a range.
    ///
    /// @param numbers only series whose last number is among these; none means all
    public record LastOfEach(int depth, Optional<String> within, Set<Integer> numbers)
            implements Place {
        public LastOfEach {
            numbers = Set.copyOf(numbers);
        }
    }
}
