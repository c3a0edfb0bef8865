package dev.belay.versys.publish;

import dev.belay.packaging.bundle.BundlePath;
import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.bundle.PackedBundle;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.release.Layout;
import dev.belay.versys.release.ReleaseDescriptor;
import dev.belay.versys.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Makes a bundle of a tree and its release.yaml.
public final class BundlePacker {
    private BundlePacker() {}

    /// @param releaseYaml the release descriptor; its notes are looked for beside it
    /// @param tree what is packed
    /// @param output where to; `<product>-<version>-<platform>.tgz` in the working directory if
    ///   empty
    /// @throws RefusedException if descriptor and tree do not fit together; nothing was written
    public static PackedBundle pack(Path releaseYaml, Path tree, Optional<Path> output) {
        byte[] yaml = read(releaseYaml, "release descriptor");
        ReleaseDescriptor release = ReleaseDescriptor.parse(yaml, releaseYaml.toString());
        TreeCheck.require(YamlDocument.parse(yaml, releaseYaml.toString()), release.layout(), tree);
        Optional<byte[]> notes =
                release.notes()
                        .map(name -> read(releaseYaml.resolveSibling(name), "file of the notes"));
        Path bundle = output.orElseGet(() -> Path.of(fileName(release)));
        try {
            return new BundleWriter(tree, yaml, notes, path -> classOf(release.layout(), path))
                    .writeTo(bundle);
        } catch (IOException e) {
            throw new BelayException(
                    "pack-failed",
                    "The bundle " + bundle + " could not be written: " + e + ".",
                    "Check the disk and the permissions; nothing was left behind.",
                    e);
        }
    }

    private static String fileName(ReleaseDescriptor release) {
        return release.product() + "-" + release.version() + "-" + release.platform() + ".tgz";
    }

    private static FileClass classOf(Layout layout, BundlePath path) {
        if (layout.configOf(path.value()).isPresent()) {
            return FileClass.CONFIG;
        }
        return layout.isData(path.value()) ? FileClass.DATA : FileClass.PROGRAM;
    }

    private static byte[] read(Path file, String what) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RefusedException(
                    "file-unreadable",
                    "No bundle was written: the " + what + " " + file + " cannot be read.",
                    "Check that it exists and may be read.",
                    e);
        }
    }
}
