package dev.belay.packaging.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.packaging.archive.ArchiveEntry;
import dev.belay.packaging.archive.ArchiveLimits;
import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.bundle.BundleReader;
import dev.belay.packaging.bundle.HostileBundles;
import dev.belay.packaging.bundle.UnpackListener;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.UntrustedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Archives as a fuzzer makes them. Inputs that found something, and some to begin with, lie in
/// src/test/resources and run with the other tests; `scripts/fuzz.sh` looks for more.
class ArchiveFuzzTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(40, 6, 300, 1 << 20, 200);

    /// The bytes of the file, gzip and all: what is accepted stays within the limits, and holds
    /// what the gzip reader of the JDK finds in it.
    @FuzzTest
    void anyBytes(byte[] archive) throws IOException {
        Optional<List<ArchiveEntry>> entries = read(archive, LIMITS);
        if (entries.isPresent()) {
            assertThat(entries.get()).hasSizeLessThanOrEqualTo(LIMITS.maxEntries());
            assertThat(entries.get().stream().mapToLong(ArchiveEntry::size).sum())
                    .isLessThanOrEqualTo(LIMITS.maxUnpackedBytes());
            byte[] tar;
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(archive))) {
                tar = gzip.readAllBytes();
            }
            assertThat(read(HostileArchives.gzip(tar), LIMITS)).isEqualTo(entries);
            check(tar, entries);
        }
    }

    /// A tar with right checksums, packed.
    @FuzzTest
    void anyTar(byte[] tar) throws IOException {
        byte[] repaired = FuzzedTar.repaired(tar);
        check(repaired, read(HostileArchives.gzip(repaired), ArchiveLimits.BUNDLE));
    }

    /// In a bundle, whoever only verifies comes to the same verdict as who unpacks; and what was
    /// unpacked is what was read.
    private static void check(byte[] tar, Optional<List<ArchiveEntry>> entries) throws IOException {
        byte[] bundle = HostileArchives.gzip(HostileBundles.around(tar));
        try (Quarantine quarantine = new Quarantine(bundle)) {
            boolean verified = verify(quarantine);
            Optional<BundleManifest> unpacked = unpack(quarantine);
            assertThat(unpacked.isPresent()).isEqualTo(verified).isEqualTo(fits(entries));
            quarantine.assertNothingOutside(verified);
            if (verified) {
                assertThat(quarantine.unpacked())
                        .isEqualTo(expected(entries.orElseThrow(), unpacked.orElseThrow()));
            }
        }
    }

    /// Whether an archive can be part of a bundle, which has its entries in order and some of its
    /// own.
    private static boolean fits(Optional<List<ArchiveEntry>> entries) {
        return entries.map(all -> all.stream().map(ArchiveEntry::path).toList())
                .filter(paths -> paths.stream().sorted().toList().equals(paths))
                .filter(paths -> paths.stream().noneMatch(ArchiveFuzzTest::belongsToTheBundle))
                .isPresent();
    }

    private static boolean belongsToTheBundle(String path) {
        return (path + "/").startsWith(".release/");
    }

    private static Optional<List<ArchiveEntry>> read(byte[] archive, ArchiveLimits limits)
            throws IOException {
        List<ArchiveEntry> entries = new ArrayList<>();
        try (ArchiveReader reader = new ArchiveReader(new ByteArrayInputStream(archive), limits)) {
            for (Optional<ArchiveEntry> next = reader.next();
                    next.isPresent();
                    next = reader.next()) {
                long length = reader.content().transferTo(OutputStream.nullOutputStream());
                assertThat(length).isEqualTo(next.get().size());
                entries.add(next.get());
            }
            return Optional.of(entries);
        } catch (HostileArchiveException e) {
            return Optional.empty();
        }
    }

    private static boolean verify(Quarantine quarantine) throws IOException {
        try {
            BundleReader.verify(quarantine.archive);
            return true;
        } catch (UntrustedException e) {
            return false;
        }
    }

    private static Optional<BundleManifest> unpack(Quarantine quarantine) throws IOException {
        try {
            return Optional.of(
                    BundleReader.unpack(
                            quarantine.archive,
                            Digests.ofFile(quarantine.archive),
                            quarantine.tree,
                            UnpackListener.NONE));
        } catch (UntrustedException e) {
            return Optional.empty();
        }
    }

    private static TreeMap<String, String> expected(
            List<ArchiveEntry> entries, BundleManifest manifest) {
        TreeMap<String, String> tree = new TreeMap<>();
        tree.put(".release", "");
        tree.put(BundleManifest.MANIFEST.value(), Integer.toString(manifest.toJson().length));
        tree.put(BundleManifest.RELEASE.value(), Integer.toString("release".length()));
        for (ArchiveEntry entry : entries) {
            addParents(tree, entry.path());
            tree.put(entry.path(), describe(entry));
        }
        return tree;
    }

    private static void addParents(TreeMap<String, String> tree, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            tree.putIfAbsent(path.substring(0, slash), "");
        }
    }

    private static String describe(ArchiveEntry entry) {
        return switch (entry.type()) {
            case DIRECTORY -> "";
            case FILE -> Long.toString(entry.size());
            case SYMLINK -> "-> " + entry.link().orElseThrow();
        };
    }
}
