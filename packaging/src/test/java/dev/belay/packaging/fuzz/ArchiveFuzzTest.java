package dev.belay.packaging.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.packaging.archive.ArchiveEntry;
import dev.belay.packaging.archive.ArchiveLimits;
import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.archive.SafeExtractor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Archives as a fuzzer makes them. Inputs that found something, and some to begin with, lie in
/// src/test/resources and run with the other tests; `scripts/fuzz.sh` looks for more.
class ArchiveFuzzTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(40, 6, 300, 1 << 20, 200);

    /// The bytes of the file, gzip and all.
    @FuzzTest
    void anyBytes(byte[] archive) throws IOException {
        check(archive);
    }

    /// A tar with right checksums, packed.
    @FuzzTest
    void anyTar(byte[] tar) throws IOException {
        check(HostileArchives.gzip(FuzzedTar.repaired(tar)));
    }

    /// The verdict is an acceptance or a [HostileArchiveException]; whoever only reads comes to the
    /// same one as who unpacks; and what was unpacked is what was read, within the limits.
    private static void check(byte[] archive) throws IOException {
        try (Quarantine quarantine = new Quarantine(archive)) {
            Optional<List<ArchiveEntry>> read = read(quarantine);
            Optional<List<ArchiveEntry>> unpacked = unpack(quarantine);
            assertThat(unpacked).isEqualTo(read);
            quarantine.assertNothingOutside(unpacked.isPresent());
            if (unpacked.isEmpty()) {
                return;
            }
            TreeMap<String, String> expected = new TreeMap<>();
            long bytes = 0;
            for (ArchiveEntry entry : unpacked.get()) {
                addParents(expected, entry.path());
                expected.put(entry.path(), describe(entry));
                bytes += entry.size();
            }
            assertThat(quarantine.unpacked()).isEqualTo(expected);
            assertThat(unpacked.get()).hasSizeLessThanOrEqualTo(LIMITS.maxEntries());
            assertThat(bytes).isLessThanOrEqualTo(LIMITS.maxUnpackedBytes());
        }
    }

    private static Optional<List<ArchiveEntry>> read(Quarantine quarantine) throws IOException {
        List<ArchiveEntry> entries = new ArrayList<>();
        try (ArchiveReader reader = ArchiveReader.open(quarantine.archive, LIMITS)) {
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

    private static Optional<List<ArchiveEntry>> unpack(Quarantine quarantine) throws IOException {
        try {
            return Optional.of(SafeExtractor.extract(quarantine.archive, quarantine.tree, LIMITS));
        } catch (HostileArchiveException e) {
            return Optional.empty();
        }
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
