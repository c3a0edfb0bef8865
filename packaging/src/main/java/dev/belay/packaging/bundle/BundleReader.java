package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.ArchiveLimits;
import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.QuarantineTree;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.UntrustedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads bundles. A bundle is accepted as a whole or not at all, and what is refused is refused
/// with an [UntrustedException].
public final class BundleReader {
    private BundleReader() {}

    /// Reads manifest, release.yaml and notes from the beginning of a bundle; writes nothing.
    ///
    /// @throws UntrustedException if these do not fit together
    public static InspectedBundle inspect(Path bundle) throws IOException {
        return inspect(Files.newInputStream(bundle));
    }

    /// As above for a bundle that is arriving; no more of it is read than that.
    ///
    /// @param bundle closed by this
    public static InspectedBundle inspect(InputStream bundle) throws IOException {
        try (ArchiveReader archive = new ArchiveReader(bundle, ArchiveLimits.BUNDLE)) {
            BundleEntries entries = new BundleEntries(archive);
            BundleManifest manifest = entries.readManifest();
            String release = entries.readMetadata();
            boolean hasNotes = manifest.find(BundleManifest.NOTES).isPresent();
            return new InspectedBundle(
                    manifest,
                    release,
                    hasNotes ? Optional.of(entries.readMetadata()) : Optional.empty());
        }
    }

    /// Reads a whole bundle and checks it against its manifest without writing anything.
    ///
    /// @return the digest of exactly the bytes that were checked
    /// @throws UntrustedException if anything is not as the manifest says
    public static Digest verify(Path bundle) throws IOException {
        try (ArchiveReader archive = ArchiveReader.open(bundle, ArchiveLimits.BUNDLE)) {
            BundleEntries entries = new BundleEntries(archive);
            entries.readManifest();
            for (Optional<BundleFile> file = entries.next();
                    file.isPresent();
                    file = entries.next()) {
                if (file.get() instanceof BundleFile.RegularFile regular) {
                    BundleEntries.requireDigest(
                            regular, Digests.of(archive.content(), Digest.Algorithm.SHA256));
                }
            }
            return archive.digest();
        }
    }

    /// Unpacks a bundle, manifest included, and makes it durable. Path, type, mode, size, digest
    /// and link of every entry are compared with the manifest, both ways.
    ///
    /// @param expected SHA-256 of the very bytes that are unpacked: nobody can exchange the file
    ///   between a check and the unpacking
    /// @param directory an empty directory that others cannot write to. It is removed if the bundle
    ///   is refused or something fails.
    /// @throws UntrustedException if the bundle is refused
    public static BundleManifest unpack(
            Path bundle, Digest expected, Path directory, UnpackListener listener)
            throws IOException {
        QuarantineTree tree = new QuarantineTree(directory);
        try (ArchiveReader archive = ArchiveReader.open(bundle, ArchiveLimits.BUNDLE)) {
            BundleManifest manifest = new Unpacking(archive, tree, listener).run();
            if (!expected.equals(archive.digest())) {
                throw new HostileArchiveException("it is not the file that was verified before");
            }
            tree.finish();
            return manifest;
        } catch (IOException | RuntimeException failure) {
            try {
                tree.discard();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }
}
