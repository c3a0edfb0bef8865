package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import java.util.Map;
import java.util.Optional;

/// One move in question, and what the host says about itself.
///
/// @param facts names such as `db.engine` and their values
public record Move(
        Version origin,
        VersionKey originKey,
        Version target,
        VersionKey targetKey,
        Map<String, String> facts) {
    /// The key of a version that a predicate names by `$origin` or `$target`, if it is one.
    Optional<VersionKey> versionOf(String name) {
        return switch (name) {
            case "$origin" -> Optional.of(originKey);
            case "$target" -> Optional.of(targetKey);
            default -> Optional.empty();
        };
    }
}
