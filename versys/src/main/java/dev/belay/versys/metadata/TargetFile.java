package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import java.util.List;

/// What a targets role says of one target (TUF 1.0 §4.5).
///
/// @param length in bytes
/// @param digests at least one
public record TargetFile(long length, List<Digest> digests) {
    public TargetFile {
        digests = List.copyOf(digests);
    }

    static TargetFile parse(MetadataFields fields) {
        return new TargetFile(fields.integer("length", 0), MetaFile.digests(fields));
    }
}
