package dev.belay.versys.client;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Stores for [TufClient].
public final class MetadataStores {
    private MetadataStores() {}

    /// One file per role in an existing directory. Callers exclude each other with [DirectoryLock].
    public static MetadataStore inDirectory(Path directory) {
        return new FileMetadataStore(directory);
    }

    /// For one run only.
    ///
    /// @param trusted what to start from, at least a root, by role
    public static MetadataStore inMemory(Map<String, byte[]> trusted) {
        Map<String, byte[]> files = new HashMap<>(trusted);
        return new MetadataStore() {
            @Override
            public Optional<byte[]> read(String role) {
                return Optional.ofNullable(files.get(role));
            }

            @Override
            public void write(String role, byte[] bytes) {
                files.put(role, bytes);
            }
        };
    }
}
