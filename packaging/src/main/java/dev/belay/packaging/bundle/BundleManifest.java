package dev.belay.packaging.bundle;

import dev.belay.packaging.bundle.BundleFile.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Everything that a bundle holds but the manifest itself, in the order of the archive:
/// release.yaml, the notes if there are any, then all others in ascending order of path.
///
/// @param unpackedBytes the sum of the sizes of all files in the list
public record BundleManifest(long unpackedBytes, List<BundleFile> files) {
    /// The manifest's own place: always the first entry.
    public static final BundlePath MANIFEST = BundlePath.of(".release/manifest.json");

    /// The release descriptor: always the second entry.
    public static final BundlePath RELEASE = BundlePath.of(".release/release.yaml");

    /// The release notes: the third entry, if there are any.
    public static final BundlePath NOTES = BundlePath.of(".release/notes.md");

    /// The directory of the three; nothing else of a bundle is in it.
    public static final BundlePath METADATA = BundlePath.of(".release");

    public BundleManifest {
        files = List.copyOf(files);
        ManifestOrder.check(files);
        long sum = 0;
        for (BundleFile file : files) {
            sum = Math.addExact(sum, file instanceof RegularFile regular ? regular.size() : 0);
        }
        if (sum != unpackedBytes) {
            throw new IllegalArgumentException(
                    "the files have " + sum + " bytes, not " + unpackedBytes);
        }
    }

    /// Makes a manifest of files in the right order and sums their sizes.
    ///
    /// @throws IllegalArgumentException if order or paths are wrong
    public static BundleManifest of(List<BundleFile> files) {
        long sum =
                files.stream()
                        .mapToLong(file -> file instanceof RegularFile regular ? regular.size() : 0)
                        .reduce(0, Math::addExact);
        return new BundleManifest(sum, files);
    }

    /// Reads `manifest.json`.
    ///
    /// @throws dev.belay.packaging.failure.UntrustedException of kind `bundle-malformed` if it is
    ///   not exactly in the format, also when it is longer than 32 MiB
    public static BundleManifest read(InputStream json) throws IOException {
        return ManifestReader.read(json);
    }

    /// The bytes of `manifest.json`; always the same for the same manifest.
    public byte[] toJson() {
        return ManifestWriter.write(this);
    }

    /// The listed files, directories and symlinks of one class.
    public List<BundleFile> ofClass(FileClass fileClass) {
        return files.stream().filter(file -> file.fileClass() == fileClass).toList();
    }

    /// What is listed under a path.
    public Optional<BundleFile> find(BundlePath path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
