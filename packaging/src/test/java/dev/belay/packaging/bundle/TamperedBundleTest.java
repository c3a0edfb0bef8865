package dev.belay.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.bundle.BundleFile.Directory;
import dev.belay.packaging.bundle.BundleFile.RegularFile;
import dev.belay.packaging.bundle.BundleFile.Symlink;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.failure.UntrustedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows A15 and A16 of the fault list: what was checked is what was unpacked, and manifest and
/// archive agree both ways.
class TamperedBundleTest {
    private static final BundleManifest MANIFEST =
            BundleManifest.of(
                    List.of(
                            file(BundleManifest.RELEASE.value(), false, "release"),
                            new Directory(BundlePath.of("bin"), FileClass.PROGRAM),
                            file("bin/run", true, "run"),
                            new Symlink(BundlePath.of("link"), FileClass.PROGRAM, "bin")));

    @TempDir Path directory;
    private Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(directory.resolve("target"));
    }

    private static RegularFile file(String path, boolean executable, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new RegularFile(
                BundlePath.of(path),
                FileClass.PROGRAM,
                executable,
                bytes.length,
                Digest.sha256(bytes));
    }

    private static HostileArchives start(byte[] manifest) {
        return new HostileArchives()
                .entry(BundleManifest.MANIFEST.value(), '0', manifest, h -> {})
                .file(BundleManifest.RELEASE.value(), "release");
    }

    private static HostileArchives start() {
        return start(MANIFEST.toJson());
    }

    private static HostileArchives run(HostileArchives archive, String content) {
        return archive.entry(
                "bin/run", '0', content.getBytes(StandardCharsets.UTF_8), h -> h.mode("0000755"));
    }

    private void rejects(HostileArchives archive, String reason) throws IOException {
        Path bundle = Files.write(directory.resolve("bundle.tgz"), archive.tarGz());
        assertThatExceptionOfType(UntrustedException.class)
                .isThrownBy(() ->
                        BundleReader.unpack(
                                bundle, Digests.ofFile(bundle), target, UnpackListener.NONE))
                .withMessageContaining(reason);
        assertThatExceptionOfType(UntrustedException.class)
                .isThrownBy(() -> BundleReader.verify(bundle))
                .withMessageContaining(reason);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(bundle);
        }
        Files.createDirectory(target);
    }

    @Test
    void acceptsTheUntouchedBundle() throws IOException {
        Path bundle =
                Files.write(
                        directory.resolve("bundle.tgz"),
                        run(start().directory("bin/"), "run").symlink("link", "bin").tarGz());

        assertThat(BundleReader.unpack(bundle, Digests.ofFile(bundle), target, UnpackListener.NONE))
                .isEqualTo(MANIFEST);
    }

    @Test
    void a15_rejectsAnotherFileThanTheOneVerifiedBefore() throws IOException {
        Path bundle =
                Files.write(
                        directory.resolve("bundle.tgz"),
                        run(start().directory("bin/"), "run").symlink("link", "bin").tarGz());
        Digest verified = Digest.sha256(new byte[] {1});

        assertThatExceptionOfType(HostileArchiveException.class)
                .isThrownBy(
                        () -> BundleReader.unpack(bundle, verified, target, UnpackListener.NONE))
                .withMessageContaining("verified before");
        assertThat(target).doesNotExist();
    }

    @Test
    void a15_rejectsContentThatDiffersFromTheManifest() throws IOException {
        rejects(
                run(start().directory("bin/"), "rum").symlink("link", "bin"),
                "the content of \"bin/run\"");
    }

    @Test
    void a16_rejectsWhatTheArchiveLacks() throws IOException {
        rejects(run(start().directory("bin/"), "run"), "in the manifest but not in the archive");
        rejects(run(start(), "run").symlink("link", "bin"), "stands where the manifest lists");
    }

    @Test
    void a16_rejectsWhatTheManifestLacks() throws IOException {
        rejects(
                run(start().directory("bin/"), "run").symlink("link", "bin").file("more", ""),
                "is not in the manifest");
        rejects(start().file("a", ""), "stands where the manifest lists");
    }

    @Test
    void a16_rejectsOtherModeSizeTypeAndLink() throws IOException {
        rejects(start().directory("bin/").file("bin/run", "run"), "not as the manifest lists");
        rejects(run(start().directory("bin/"), "runs"), "unpacks to more than");
        rejects(run(start().directory("bin/"), "ru"), "not as the manifest lists");
        rejects(start().file("bin", ""), "not as the manifest lists");
        rejects(
                run(start().directory("bin/"), "run").symlink("link", "bin/run"),
                "not as the manifest lists");
    }

    @Test
    void a16_rejectsWhatIsNoBundle() throws IOException {
        rejects(new HostileArchives().file("x", ""), "no bundle");
        rejects(new HostileArchives(), "it is empty");
        rejects(start("{}".getBytes(StandardCharsets.UTF_8)), "manifest of the bundle");
        assertThatExceptionOfType(UntrustedException.class)
                .isThrownBy(() ->
                        BundleReader.inspect(
                                Files.write(
                                        directory.resolve("x"), new HostileArchives().tarGz())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"format\":1,\"unpacked-bytes\":0,\"files\":[]}",
                "{\"format\":2,\"unpacked-bytes\":7,\"files\":[@]}",
                "{\"format\":1,\"unpacked-bytes\":8,\"files\":[@]}",
                "{\"format\":1,\"unpacked-bytes\":7.0,\"files\":[@]}",
                "{\"format\":1,\"format\":1,\"unpacked-bytes\":7,\"files\":[@]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@],\"more\":1}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@]} x",
                "{\"format\":1,\"unpacked-bytes\":14,\"files\":[@,@]}",
                "{\"format\":1,\"unpacked-bytes\":99999999999999999999,\"files\":[@]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\"../x\",\"type\":\"directory\",\"mode\":\"755\",\"class\":\"data\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\"x\",\"type\":\"directory\",\"mode\":\"644\",\"class\":\"data\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\"x\",\"type\":\"directory\",\"mode\":\"755\",\"class\":\"other\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\"x\",\"type\":\"pipe\",\"mode\":\"755\",\"class\":\"data\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\"x\",\"type\":\"symlink\",\"link\":\"y\",\"size\":1,\"class\":\"data\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"type\":\"directory\",\"mode\":\"755\",\"class\":\"data\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\".release/x\",\"type\":\"directory\",\"mode\":\"755\",\"class\":\"data\"}]}",
                "{\"format\":1,\"unpacked-bytes\":7,\"files\":[@,{\"path\":\"b\",\"type\":\"directory\",\"mode\":\"755\",\"class\":\"data\"},{\"path\":\"a\",\"type\":\"directory\",\"mode\":\"755\",\"class\":\"data\"}]}"
            })
    void a16_rejectsManifestsOutsideTheFormat(String json) throws IOException {
        String release =
                "{\"path\":\".release/release.yaml\",\"type\":\"file\",\"mode\":\"644\",\"size\":7,"
                        + "\"sha256\":\""
                        + Digest.sha256("release".getBytes(StandardCharsets.UTF_8)).hex()
                        + "\",\"class\":\"program\"}";
        rejects(
                start(json.replace("@", release).getBytes(StandardCharsets.UTF_8)),
                "manifest of the bundle");
    }

    /// A reader that guesses the encoding sees another manifest than one that does not.
    @Test
    void a16_rejectsManifestsThatAreNotUtf8() throws IOException {
        String json = new String(MANIFEST.toJson(), StandardCharsets.UTF_8);
        for (Charset other :
                List.of(
                        StandardCharsets.UTF_16,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_32,
                        StandardCharsets.UTF_32LE)) {
            rejects(start(json.getBytes(other)), "manifest of the bundle");
        }
        rejects(start(new byte[] {'{', 0, 0, 0, 1, 1, 0x7f, 0}), "manifest of the bundle");
    }

    @Test
    void a16_rejectsAnEndlessManifest() throws IOException {
        rejects(start(new byte[33 << 20]), "");
    }
}
