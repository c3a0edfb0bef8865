package dev.belay.versys.metadata;

/// The timestamp role: which snapshot is the newest (TUF 1.0 §4.6).
///
/// @param snapshot the newest snapshot file
public record TimestampMetadata(Common common, MetaFile snapshot) implements RoleMetadata {
    static TimestampMetadata parse(MetadataFields fields) {
        return new TimestampMetadata(
                Common.parse("timestamp", fields),
                MetaFile.parse(fields.child("meta").child("snapshot.json")));
    }
}
