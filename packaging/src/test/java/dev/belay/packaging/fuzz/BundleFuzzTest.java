package dev.belay.packaging.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.bundle.BundleReader;
import dev.belay.packaging.bundle.UnpackListener;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.UntrustedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.io.JsonStringEncoder;

/// Bundles and their manifests as a fuzzer makes them; see [ArchiveFuzzTest].
class BundleFuzzTest {
    /// A manifest by itself: refused with an [UntrustedException], or written as it was read.
    @FuzzTest
    void anyManifest(byte[] json) throws IOException {
        BundleManifest manifest;
        try {
            manifest = BundleManifest.read(new ByteArrayInputStream(json));
        } catch (UntrustedException e) {
            return;
        }
        byte[] written = manifest.toJson();
        BundleManifest again = BundleManifest.read(new ByteArrayInputStream(written));
        assertThat(again).isEqualTo(manifest);
        assertThat(again.toJson()).isEqualTo(written);
    }

    /// Lines of text that describe archive and manifest at once; see [Line]. Both readers come to
    /// the same verdict, and an accepted bundle holds exactly what its manifest lists.
    @FuzzTest
    void anyBundle(byte[] description) throws IOException {
        List<Line> lines = new String(description, UTF_8).lines().map(Line::of).toList();
        byte[] manifest = manifest(lines).getBytes(UTF_8);
        HostileArchives archive =
                new HostileArchives()
                        .entry(BundleManifest.MANIFEST.value(), '0', manifest, header -> {});
        lines.stream().filter(Line::inArchive).forEach(line -> line.addTo(archive));
        try (Quarantine quarantine = new Quarantine(archive.tarGz())) {
            Optional<Digest> verified = verify(quarantine);
            boolean unpacked = unpack(quarantine);
            assertThat(unpacked).isEqualTo(verified.isPresent());
            quarantine.assertNothingOutside(unpacked);
            if (unpacked) {
                TreeMap<String, String> expected = new TreeMap<>();
                expected.put(".release", "");
                expected.put(BundleManifest.MANIFEST.value(), Integer.toString(manifest.length));
                for (Line line : lines) {
                    assertThat(line.inArchive() && line.inManifest()).as(line.path).isTrue();
                    line.addTo(expected);
                }
                assertThat(quarantine.unpacked()).isEqualTo(expected);
            }
        }
    }

    private static String manifest(List<Line> lines) {
        List<String> files = new ArrayList<>();
        long bytes = 0;
        for (Line line : lines) {
            if (line.inManifest()) {
                files.add(line.json());
                bytes += line.isLink() ? 0 : line.content.length;
            }
        }
        return "{\"format\":1,\"unpacked-bytes\":"
                + bytes
                + ",\"files\":["
                + String.join(",", files)
                + "]}";
    }

    private static Optional<Digest> verify(Quarantine quarantine) throws IOException {
        try {
            return Optional.of(BundleReader.verify(quarantine.archive));
        } catch (UntrustedException e) {
            return Optional.empty();
        }
    }

    private static boolean unpack(Quarantine quarantine) throws IOException {
        try {
            BundleReader.unpack(
                    quarantine.archive,
                    Digests.ofFile(quarantine.archive),
                    quarantine.tree,
                    UnpackListener.NONE);
            return true;
        } catch (UntrustedException e) {
            return false;
        }
    }

    /// One entry: `f path|content`, `x path|content` (executable), `d path`, `l path|target`; a `-`
    /// in front leaves it out of the archive, a `+` out of the manifest.
    private record Line(
            boolean inArchive, boolean inManifest, char kind, String path, byte[] content) {
        static Line of(String text) {
            boolean marked = text.startsWith("-") || text.startsWith("+");
            String rest = marked ? text.substring(1) : text;
            char kind = rest.isEmpty() ? 'f' : rest.charAt(0);
            String[] parts = rest.substring(Math.min(2, rest.length())).split("\\|", 2);
            return new Line(
                    !text.startsWith("-"),
                    !text.startsWith("+"),
                    kind,
                    parts[0],
                    kind == 'd' || parts.length < 2 ? new byte[0] : parts[1].getBytes(UTF_8));
        }

        private boolean isLink() {
            return kind == 'l';
        }

        String json() {
            String start = "{\"path\":" + quoted(path) + ",\"class\":\"program\",\"type\":";
            return switch (kind) {
                case 'd' -> start + "\"directory\",\"mode\":\"755\"}";
                case 'l' ->
                        start + "\"symlink\",\"link\":" + quoted(new String(content, UTF_8)) + "}";
                default ->
                        start
                                + "\"file\",\"mode\":\""
                                + (kind == 'x' ? "755" : "644")
                                + "\",\"size\":"
                                + content.length
                                + ",\"sha256\":\""
                                + Digest.sha256(content).hex()
                                + "\"}";
            };
        }

        private static String quoted(String text) {
            StringBuilder quoted = new StringBuilder("\"");
            JsonStringEncoder.getInstance().quoteAsString(text, quoted);
            return quoted.append('"').toString();
        }

        void addTo(HostileArchives archive) {
            switch (kind) {
                case 'd' -> archive.directory(path + "/");
                case 'l' -> archive.symlink(path, new String(content, UTF_8));
                default ->
                        archive.entry(
                                path,
                                '0',
                                content,
                                header -> header.mode(kind == 'x' ? "0000755" : "0000644"));
            }
        }

        void addTo(TreeMap<String, String> tree) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                tree.putIfAbsent(path.substring(0, slash), "");
            }
            tree.put(
                    path,
                    kind == 'd'
                            ? ""
                            : isLink()
                                    ? "-> " + new String(content, UTF_8)
                                    : Integer.toString(content.length));
        }
    }
}
