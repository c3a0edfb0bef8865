package dev.belay.versys.graph;

import java.util.Optional;
import java.util.Set;

/// For whom a stop is one.
///
/// @param origins once the path has touched one of these, the stop holds; none means always
/// @param targets only on the way to a target in this range
/// @param platforms none means all
/// @param when asked of the host; unknown counts as yes, since a stop more is safe
public record StopScope(
        Optional<String> origins,
        Optional<String> targets,
        Set<String> platforms,
        HostPredicate when,
        Optional<Notice> notice) {
    /// For everybody.
    public static final StopScope EVERYBODY = noticed(Optional.empty());

    public StopScope {
        platforms = Set.copyOf(platforms);
    }

    /// For everybody, with words.
    public static StopScope noticed(Optional<Notice> why) {
        return new StopScope(
                Optional.empty(), Optional.empty(), Set.of(), HostPredicate.ALWAYS, why);
    }
}
