package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.ArchiveEntry;
import dev.belay.packaging.archive.ArchiveLimits;
import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Makes bundles of hostile archives. Their manifest lists every entry up to the first that is
/// wrong, so that what unpacks bundles comes as far as the attack.
public final class HostileBundles {
    private static final byte[] DESCRIPTOR = "release".getBytes(StandardCharsets.UTF_8);
    static final BundleFile RELEASE =
            new BundleFile.RegularFile(
                    BundleManifest.RELEASE,
                    FileClass.PROGRAM,
                    false,
                    DESCRIPTOR.length,
                    Digest.sha256(DESCRIPTOR));
    private static final ArchiveLimits NO_LIMITS =
            new ArchiveLimits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    Integer.MAX_VALUE);

    private HostileBundles() {}

    /// The tar with the entries that a bundle begins with in front.
    public static byte[] around(byte[] tar) throws IOException {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        bundle.writeBytes(
                new HostileArchives()
                        .entry(BundleManifest.MANIFEST.value(), '0', manifest(tar), header -> {})
                        .entry(BundleManifest.RELEASE.value(), '0', DESCRIPTOR, header -> {})
                        .tar());
        bundle.writeBytes(tar);
        return bundle.toByteArray();
    }

    private static byte[] manifest(byte[] tar) throws IOException {
        List<BundleFile> files = new ArrayList<>();
        HostileArchives archive = new HostileArchives().raw(tar);
        try (ArchiveReader reader =
                new ArchiveReader(new ByteArrayInputStream(archive.tarGz()), NO_LIMITS)) {
            for (Optional<ArchiveEntry> next = reader.next();
                    next.isPresent();
                    next = reader.next()) {
                files.add(listed(next.get(), reader));
            }
        } catch (HostileArchiveException e) {
            // lists what stands before it
        }
        files.removeIf(file -> file.path().isWithin(BundleManifest.METADATA));
        files.sort(Comparator.comparing(BundleFile::path));
        files.addFirst(RELEASE);
        return BundleManifest.of(files).toJson();
    }

    private static BundleFile listed(ArchiveEntry entry, ArchiveReader reader) throws IOException {
        BundlePath path = BundlePath.of(entry.path());
        return switch (entry.type()) {
            case FILE ->
                    new BundleFile.RegularFile(
                            path,
                            FileClass.PROGRAM,
                            entry.executable(),
                            entry.size(),
                            Digests.of(reader.content(), Digest.Algorithm.SHA256));
            case DIRECTORY -> new BundleFile.Directory(path, FileClass.PROGRAM);
            case SYMLINK ->
                    new BundleFile.Symlink(path, FileClass.PROGRAM, entry.link().orElseThrow());
        };
    }
}
