package dev.belay.versys.metadata;

import java.util.Map;
import java.util.Optional;

/// A targets role, top-level or delegated (TUF 1.0 §4.5).
///
/// @param targets by target path
/// @param delegations to whom it delegates further
public record TargetsMetadata(
        Common common, Map<String, TargetFile> targets, Optional<Delegations> delegations)
        implements RoleMetadata {
    public TargetsMetadata {
        targets = Map.copyOf(targets);
    }

    static TargetsMetadata parse(MetadataFields fields) {
        return new TargetsMetadata(
                Common.parse("targets", fields),
                fields.map("targets", (path, target) -> TargetFile.parse(target)),
                fields.optionalChild("delegations").map(Delegations::parse));
    }
}
