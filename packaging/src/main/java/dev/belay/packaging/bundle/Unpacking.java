package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.QuarantineTree;
import dev.belay.packaging.bundle.BundleFile.Directory;
import dev.belay.packaging.bundle.BundleFile.RegularFile;
import dev.belay.packaging.bundle.BundleFile.Symlink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/// Writes one bundle into one tree.
final class Unpacking {
    private final ArchiveReader archive;
    private final QuarantineTree tree;
    private final UnpackListener listener;

    Unpacking(ArchiveReader archive, QuarantineTree tree, UnpackListener listener) {
        this.archive = archive;
        this.tree = tree;
        this.listener = listener;
    }

    BundleManifest run() throws IOException {
        BundleEntries entries = new BundleEntries(archive);
        BundleManifest manifest = entries.readManifest();
        tree.file(
                BundleManifest.MANIFEST.value(),
                false,
                new ByteArrayInputStream(entries.manifestBytes()));
        long total = manifest.unpackedBytes();
        long done = 0;
        for (Optional<BundleFile> next = entries.next(); next.isPresent(); next = entries.next()) {
            done += place(next.get());
            listener.unpacked(next.get(), done, total);
        }
        return manifest;
    }

    private long place(BundleFile file) throws IOException {
        return switch (file) {
            case RegularFile regular -> {
                BundleEntries.requireDigest(
                        regular,
                        tree.file(regular.path().value(), regular.executable(), archive.content()));
                yield regular.size();
            }
            case Directory directory -> {
                tree.directory(directory.path().value());
                yield 0;
            }
            case Symlink symlink -> {
                tree.symlink(symlink.path().value(), symlink.target());
                yield 0;
            }
        };
    }
}
