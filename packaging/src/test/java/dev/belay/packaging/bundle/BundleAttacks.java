package dev.belay.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.UntrustedException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An attack on what unpacks bundles: the whole archive is rejected, whoever only verifies says the
/// same, and nothing is left of it.
abstract class BundleAttacks {
    @TempDir Path directory;
    Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
    }

    /// For attacks by the thousand: the same without a disk.
    void inMemory() throws IOException {
        FileSystem memory =
                Jimfs.newFileSystem(
                        Configuration.unix().toBuilder()
                                .setAttributeViews("basic", "posix")
                                .build());
        directory = memory.getPath("/work");
        root = Files.createDirectory(directory.resolve("root"));
    }

    static HostileArchives archive() {
        return new HostileArchives().directory("good/").file("good/file", "content");
    }

    /// The bytes of a bundle with these entries.
    static byte[] bundle(HostileArchives entries) throws IOException {
        return new HostileArchives().raw(HostileBundles.around(entries.tar())).tarGz();
    }

    BundleManifest unpack(byte[] bundle) throws IOException {
        Path file = Files.write(directory.resolve("bundle.tgz"), bundle);
        return BundleReader.unpack(file, Digest.sha256(bundle), root, UnpackListener.NONE);
    }

    void rejects(HostileArchives entries, String reason) throws IOException {
        rejects(bundle(entries), reason);
    }

    /// @param entries a tar with the end that it is to have
    void rejectsTar(byte[] entries, String reason) throws IOException {
        rejects(HostileArchives.gzip(HostileBundles.around(entries)), reason);
    }

    void rejects(byte[] bundle, String reason) throws IOException {
        assertThatExceptionOfType(UntrustedException.class)
                .isThrownBy(() -> unpack(bundle))
                .withMessageContaining(reason)
                .matches(e -> e.getMessage().chars().noneMatch(Character::isISOControl));
        Path file = directory.resolve("bundle.tgz");
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left).containsExactlyInAnyOrder(directory, file);
        }
        Files.createDirectory(root);
        assertThatExceptionOfType(UntrustedException.class)
                .as("the verifier's verdict is the extractor's")
                .isThrownBy(() -> BundleReader.verify(file))
                .withMessageContaining(reason);
    }
}
