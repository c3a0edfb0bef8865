package dev.belay.versys.client;

import java.util.Optional;

/// Keeps verified metadata between runs, as the bytes received, one file per role.
public interface MetadataStore {
    /// The file of a role.
    Optional<byte[]> read(String role);

    /// Replaces the file of a role. When this returns, the new one is there also after a power cut.
    void write(String role, byte[] bytes);

    /// Called where the chain of roots ends.
    ///
    /// @throws dev.belay.versys.metadata.MetadataException `metadata-rollback` if a later root was
    ///   trusted here before
    default void requireRoot(long version) {}
}
