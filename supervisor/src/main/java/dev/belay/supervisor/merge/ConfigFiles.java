package dev.belay.supervisor.merge;

import dev.belay.packaging.digest.Digest;
import java.util.Optional;
import java.util.SortedSet;

/// Configuration files by their path relative to the release. Read-only.
public interface ConfigFiles {
    /// All paths, sorted.
    SortedSet<String> paths();

    /// The content of one; empty if it is not there.
    Optional<byte[]> read(String path);

    /// The digest of one; empty if it is not there.
    default Optional<Digest> digest(String path) {
        return read(path).map(Digest::sha256);
    }
}
