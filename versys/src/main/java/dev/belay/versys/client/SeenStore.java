package dev.belay.versys.client;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SignedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// A store with a record beside it of what was seen of the roles that guard against going back:
/// root, timestamp and snapshot. Whoever deletes the store, or puts an older copy in its place,
/// does not make the host forget.
///
/// The record holds the signed files themselves and no bare version numbers, because a version
/// counts only as long as the current root's keys verify it: that is what lets a repository recover
/// from versions that a thief of its keys has counted up.
final class SeenStore implements MetadataStore {
    private static final List<String> GUARDING = List.of("root", "timestamp", "snapshot");

    private final MetadataStore store;
    private final MetadataStore seen;
    private final Path directory;

    /// @param directory where the record is, an existing directory
    SeenStore(MetadataStore store, Path directory) {
        this.store = store;
        this.seen = new FileMetadataStore(directory);
        this.directory = directory;
    }

    /// The newer one of both; the store's root if it has one, because an admin may have put it
    /// there.
    @Override
    public Optional<byte[]> read(String role) {
        Optional<byte[]> stored = store.read(role);
        if (!GUARDING.contains(role) || (role.equals("root") && stored.isPresent())) {
            return stored;
        }
        Optional<byte[]> recorded = seen.read(role);
        return version(role, recorded) > version(role, stored) ? recorded : stored;
    }

    /// The record comes first: a kill in between leaves it ahead of the store, never behind.
    @Override
    public void write(String role, byte[] bytes) {
        boolean older =
                role.equals("root")
                        && version(role, Optional.of(bytes)) < version(role, seen.read(role));
        if (GUARDING.contains(role) && !older) {
            seen.write(role, bytes);
        }
        store.write(role, bytes);
    }

    @Override
    public void requireRoot(long version) {
        long known = version("root", seen.read("root"));
        if (version < known) {
            throw new MetadataException(
                    "metadata-rollback",
                    "root went back from version " + known + " to " + version + ".",
                    "Nothing was changed. The server or a proxy offers old metadata; tell the vendor."
                            + " If this home was given another vendor's root.json on purpose, remove "
                            + directory
                            + ", the record of what was seen.");
        }
    }

    /// Completes record and store from each other, after everything verified.
    void remember() {
        for (String role : GUARDING) {
            Optional<byte[]> newest = read(role);
            if (seen.read(role).isEmpty()) {
                newest.ifPresent(bytes -> seen.write(role, bytes));
            }
            if (store.read(role).isEmpty()) {
                newest.ifPresent(bytes -> store.write(role, bytes));
            }
        }
    }

    /// 0 if there is none that can be read.
    private static long version(String role, Optional<byte[]> file) {
        return switch (role) {
            case "root" -> version(file, bytes -> of(SignedFile.root(bytes)));
            case "timestamp" -> version(file, bytes -> of(SignedFile.timestamp(bytes)));
            default -> version(file, bytes -> of(SignedFile.snapshot(bytes)));
        };
    }

    private static long of(SignedFile<? extends RoleMetadata> file) {
        return file.signed().version();
    }

    private static long version(Optional<byte[]> file, ToLongFunction<byte[]> reader) {
        try {
            return file.isEmpty() ? 0 : reader.applyAsLong(file.get());
        } catch (MetadataException e) {
            return 0;
        }
    }
}
