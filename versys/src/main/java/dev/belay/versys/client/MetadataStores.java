package dev.belay.versys.client;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Stores for [TufClient].
public final class MetadataStores {
    private MetadataStores() {}

    /// One file per role in an existing directory, each written under its [DirectoryLock]. Whoever
    /// writes several that belong together owns the directory meanwhile.
    public static MetadataStore inDirectory(Path directory) {
        MetadataStore files = new FileMetadataStore(directory);
        return new MetadataStore() {
            @Override
            public Optional<byte[]> read(String role) {
                return files.read(role);
            }

            @Override
            public void write(String role, byte[] bytes) {
                try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
                    files.write(role, bytes);
                }
            }
        };
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
