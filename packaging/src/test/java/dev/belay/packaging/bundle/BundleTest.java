package dev.belay.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.packaging.failure.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final String RELEASE = "product: shop\nversion: 1.0.0\n";
    private static final FileClassifier CLASSES =
            path ->
                    path.value().startsWith("conf")
                            ? FileClass.CONFIG
                            : path.value().startsWith("data") ? FileClass.DATA : FileClass.PROGRAM;

    @TempDir Path directory;

    private Path tree(String name, List<String> order) throws IOException {
        Path tree = Files.createDirectories(directory.resolve(name));
        for (String path : order) {
            Path file = tree.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + path);
        }
        Files.setPosixFilePermissions(
                tree.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(tree.resolve("bin/start"), Path.of("run"));
        Files.createDirectory(tree.resolve("data"));
        return tree;
    }

    private Path tree() throws IOException {
        return tree(
                "tree", List.of("bin/run", "conf/app.yaml", "lib/a.jar", "lib-extra", "README"));
    }

    private PackedBundle pack(Path tree, String name) throws IOException {
        return new BundleWriter(
                        tree,
                        RELEASE.getBytes(StandardCharsets.UTF_8),
                        Optional.of("# Notes\n".getBytes(StandardCharsets.UTF_8)),
                        CLASSES)
                .writeTo(directory.resolve(name));
    }

    @Test
    void unpacksToWhatWasPacked() throws IOException {
        PackedBundle packed = pack(tree(), "shop.tgz");
        Path target = Files.createDirectory(directory.resolve("target"));
        List<String> seen = new ArrayList<>();

        BundleManifest manifest =
                BundleReader.unpack(
                        packed.file(),
                        packed.sha256(),
                        target,
                        (file, done, total) -> seen.add(file.path() + " " + done + "/" + total));

        assertThat(manifest).isEqualTo(packed.manifest());
        assertThat(target.resolve("bin/start")).isSymbolicLink().hasContent("content of bin/run");
        assertThat(target.resolve("bin/run")).isExecutable();
        assertThat(target.resolve("conf/app.yaml")).hasContent("content of conf/app.yaml");
        assertThat(target.resolve("data")).isEmptyDirectory();
        assertThat(target.resolve(".release/release.yaml")).hasContent(RELEASE);
        assertThat(target.resolve(".release/manifest.json")).hasBinaryContent(manifest.toJson());
        assertThat(seen)
                .hasSize(manifest.files().size())
                .last()
                .asString()
                .endsWith(manifest.unpackedBytes() + "/" + manifest.unpackedBytes());
        assertThat(manifest.files())
                .extracting(file -> file.path() + " " + file.fileClass().label())
                .containsExactly(
                        ".release/release.yaml program",
                        ".release/notes.md program",
                        "README program",
                        "bin program",
                        "bin/run program",
                        "bin/start program",
                        "conf config",
                        "conf/app.yaml config",
                        "data data",
                        "lib program",
                        "lib-extra program",
                        "lib/a.jar program");
        assertThat(packed.size()).isEqualTo(Files.size(packed.file()));
        assertThat(packed.sha256()).isEqualTo(Digests.ofFile(packed.file()));
    }

    @Test
    void d05_aBundleThatCannotBeForcedIsNotUnpacked() throws IOException {
        Path bundle = pack(tree(), "shop.tgz").file();
        Path target = directory.resolve("target");
        for (String name : List.of("bin/run", ".release/manifest.json", "")) {
            Files.createDirectory(target);
            Path unforced = target.resolve(name);
            try (FailingDisk _ =
                    FailingDisk.once(act ->
                            (act instanceof DiskAct.Force || act instanceof DiskAct.ForceDirectory)
                                    && act.path().equals(unforced))) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() ->
                                BundleReader.unpack(
                                        bundle,
                                        Digests.ofFile(bundle),
                                        target,
                                        UnpackListener.NONE));
            }
            assertThat(target).doesNotExist();
        }
        Files.createDirectory(target);
        BundleReader.unpack(bundle, Digests.ofFile(bundle), target, UnpackListener.NONE);
        assertThat(target.resolve("bin/start")).hasContent("content of bin/run");
    }

    @Test
    void describesItselfWithoutBeingUnpacked() throws IOException {
        InspectedBundle inspected = BundleReader.inspect(pack(tree(), "shop.tgz").file());

        assertThat(inspected.releaseYaml()).isEqualTo(RELEASE);
        assertThat(inspected.notes()).contains("# Notes\n");
        assertThat(inspected.manifest().ofClass(FileClass.CONFIG)).hasSize(2);
    }

    @Test
    void anOrdinaryTarUnpacksIt() throws Exception {
        Path bundle = pack(tree(), "shop.tgz").file();
        Path target = Files.createDirectory(directory.resolve("plain"));

        Process tar =
                new ProcessBuilder("tar", "xzf", bundle.toString(), "-C", target.toString())
                        .inheritIO()
                        .start();

        assertThat(tar.waitFor()).isZero();
        assertThat(target.resolve("bin/start")).hasContent("content of bin/run");
    }

    @Test
    void bytesDependOnNothingButTheInput() throws IOException {
        Path first = tree();
        Path second =
                tree(
                        "second",
                        List.of("README", "lib-extra", "lib/a.jar", "conf/app.yaml", "bin/run"));
        Files.setLastModifiedTime(second.resolve("README"), FileTime.fromMillis(1));
        Files.setPosixFilePermissions(
                second.resolve("README"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(
                second.resolve("bin/run"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(
                second.resolve("data"), PosixFilePermissions.fromString("rwx------"));
        changeOwnerIfPermitted(second.resolve("README"));

        assertThat(pack(second, "2.tgz").file())
                .hasSameBinaryContentAs(pack(first, "1.tgz").file());
    }

    private static void changeOwnerIfPermitted(Path file) throws IOException {
        if (Files.getAttribute(file, "unix:uid").equals(0)) {
            Files.setAttribute(file, "unix:uid", 65534);
            Files.setAttribute(file, "unix:gid", 65534);
        }
    }

    @Test
    void otherInputGivesOtherBytes() throws IOException {
        Path tree = tree();
        Digest before = pack(tree, "1.tgz").sha256();
        Files.setPosixFilePermissions(
                tree.resolve("README"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(pack(tree, "2.tgz").sha256()).isNotEqualTo(before);
    }

    @Test
    void refusesTreesThatNoBundleMayHold() throws IOException {
        Path tree = tree();
        refuses(
                tree,
                () -> Files.createDirectory(tree.resolve(".release")),
                "belongs to the bundle");
        Files.delete(tree.resolve(".release"));
        refuses(
                tree,
                () -> Files.createSymbolicLink(tree.resolve("x"), Path.of("/etc")),
                "absolute");
        Files.delete(tree.resolve("x"));
        refuses(tree, () -> Files.createFile(tree.resolve("a\nb")), "control characters");
        Files.delete(tree.resolve("a\nb"));
        assertThat(pack(tree, "ok.tgz").file()).exists();
    }

    private interface Change {
        void make() throws IOException;
    }

    private void refuses(Path tree, Change change, String reason) throws IOException {
        change.make();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pack(tree, "refused.tgz"))
                .withMessageContaining(reason);
        assertThat(directory.resolve("refused.tgz")).doesNotExist();
    }

    @Test
    void refusesWhatItsOwnReaderWouldReject() throws IOException {
        Path tree = tree();
        Files.createFile(tree.resolve("readme"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pack(tree, "refused.tgz"))
                .withMessageContaining("README");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(tree);
        }
    }

    @Test
    void refusesToWriteIntoTheTree() throws IOException {
        Path tree = tree();

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        new BundleWriter(tree, new byte[0], Optional.empty(), CLASSES)
                                .writeTo(tree.resolve("x.tgz")));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pack(directory.resolve("absent"), "x.tgz"))
                .withMessageContaining("is not a directory");
    }
}
