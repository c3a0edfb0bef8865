package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.ArchiveEntry;
import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.EntryNames;
import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.bundle.BundleFile.Directory;
import dev.belay.packaging.bundle.BundleFile.RegularFile;
import dev.belay.packaging.bundle.BundleFile.Symlink;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/// Walks an archive and its manifest side by side. They must be in the same order, so that whatever
/// one of them has and the other has not shows at once.
final class BundleEntries {
    private static final long MAX_METADATA_BYTES = 32L << 20;

    private final ArchiveReader archive;
    private Iterator<BundleFile> listed = Collections.emptyIterator();
    private byte[] manifestBytes = new byte[0];

    BundleEntries(ArchiveReader archive) {
        this.archive = archive;
    }

    BundleManifest readManifest() throws IOException {
        ArchiveEntry first =
                archive.next().orElseThrow(() -> new HostileArchiveException("it is empty"));
        if (!first.path().equals(BundleManifest.MANIFEST.value())
                || first.type() != ArchiveEntry.Type.FILE
                || first.executable()) {
            throw new HostileArchiveException(
                    "its first entry is not " + BundleManifest.MANIFEST + ", so it is no bundle");
        }
        manifestBytes = content();
        BundleManifest manifest = BundleManifest.read(new ByteArrayInputStream(manifestBytes));
        archive.limitUnpackedBytes(manifest.unpackedBytes() + manifestBytes.length);
        listed = manifest.files().iterator();
        return manifest;
    }

    /// The manifest exactly as it was received.
    byte[] manifestBytes() {
        return manifestBytes;
    }

    /// The next entry, which is as the manifest lists it; its content is not checked yet.
    ///
    /// @return empty when both have ended
    Optional<BundleFile> next() throws IOException {
        Optional<ArchiveEntry> entry = archive.next();
        if (entry.isEmpty() && !listed.hasNext()) {
            return Optional.empty();
        }
        if (entry.isEmpty()) {
            throw new HostileArchiveException(
                    EntryNames.printable(listed.next().path().value())
                            + " is in the manifest but not in the archive");
        }
        String path = EntryNames.printable(entry.get().path());
        if (!listed.hasNext()) {
            throw new HostileArchiveException(path + " is not in the manifest");
        }
        BundleFile file = listed.next();
        if (!file.path().value().equals(entry.get().path())) {
            throw new HostileArchiveException(
                    path
                            + " stands where the manifest lists "
                            + EntryNames.printable(file.path().value()));
        }
        if (!matches(file, entry.get())) {
            throw new HostileArchiveException(path + " is not as the manifest lists it");
        }
        return Optional.of(file);
    }

    private static boolean matches(BundleFile file, ArchiveEntry entry) {
        return switch (file) {
            case RegularFile regular ->
                    entry.type() == ArchiveEntry.Type.FILE
                            && entry.executable() == regular.executable()
                            && entry.size() == regular.size();
            case Directory _ -> entry.type() == ArchiveEntry.Type.DIRECTORY;
            case Symlink symlink -> entry.link().equals(Optional.of(symlink.target()));
        };
    }

    static void requireDigest(RegularFile file, Digest found) {
        if (!found.equals(file.sha256())) {
            throw new HostileArchiveException(
                    "the content of "
                            + EntryNames.printable(file.path().value())
                            + " is not what the manifest says");
        }
    }

    /// Reads the next entry, a small text, into memory and checks its digest.
    String readMetadata() throws IOException {
        BundleFile file = next().orElseThrow(() -> new HostileArchiveException("it is cut off"));
        byte[] bytes = content();
        if (!(file instanceof RegularFile regular)) {
            throw new HostileArchiveException(file.path() + " is not a file");
        }
        requireDigest(regular, Digest.sha256(bytes));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] content() throws IOException {
        try {
            return new LimitedInputStream(archive.content(), MAX_METADATA_BYTES).readAllBytes();
        } catch (LengthExceededException e) {
            throw new HostileArchiveException("its description is too long", e);
        }
    }
}
