package dev.belay.packaging.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Unpacks an archive as a whole or not at all.
public final class SafeExtractor {
    private SafeExtractor() {}

    /// Unpacks below an empty directory, durably.
    ///
    /// @param root an empty directory; it is removed when the archive is rejected
    /// @return the entries in the order of the archive
    /// @throws HostileArchiveException if the archive is rejected
    /// @throws IOException if reading or writing failed; the directory is removed then, too
    public static List<ArchiveEntry> extract(Path archive, Path root, ArchiveLimits limits)
            throws IOException {
        QuarantineTree tree = new QuarantineTree(root);
        try (ArchiveReader reader = ArchiveReader.open(archive, limits)) {
            List<ArchiveEntry> entries = new ArrayList<>();
            for (Optional<ArchiveEntry> next = reader.next();
                    next.isPresent();
                    next = reader.next()) {
                place(tree, next.get(), reader);
                entries.add(next.get());
            }
            tree.finish();
            return entries;
        } catch (IOException | RuntimeException failure) {
            discard(tree, failure);
            throw failure;
        }
    }

    private static void place(QuarantineTree tree, ArchiveEntry entry, ArchiveReader reader)
            throws IOException {
        switch (entry.type()) {
            case DIRECTORY -> tree.directory(entry.path());
            case FILE -> tree.file(entry.path(), entry.executable(), reader.content());
            case SYMLINK -> tree.symlink(entry.path(), entry.link().orElseThrow());
        }
    }

    private static void discard(QuarantineTree tree, Exception failure) {
        try {
            tree.discard();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
