package dev.belay.versys.metadata;

import java.util.Map;
import java.util.Optional;

/// The snapshot role: the one version of every targets role that belongs together (TUF 1.0 §4.4).
///
/// @param files by file name, for example `shop-releases.json`
public record SnapshotMetadata(Common common, Map<String, MetaFile> files) implements RoleMetadata {
    public SnapshotMetadata {
        files = Map.copyOf(files);
    }

    static SnapshotMetadata parse(MetadataFields fields) {
        return new SnapshotMetadata(Common.parse("snapshot", fields), MetaFile.parseAll(fields));
    }

    /// The file of a role.
    public Optional<MetaFile> fileOf(String role) {
        return Optional.ofNullable(files.get(role + ".json"));
    }
}
