package dev.belay.packaging.bundle;

import dev.belay.packaging.digest.Digest;

/// One entry of a bundle as its manifest lists it.
public sealed interface BundleFile {
    /// Where it is.
    BundlePath path();

    /// Whose it is.
    FileClass fileClass();

    /// A file; mode 755 if executable, else 644.
    ///
    /// @param sha256 digest of the content
    record RegularFile(
            BundlePath path, FileClass fileClass, boolean executable, long size, Digest sha256)
            implements BundleFile {
        public RegularFile {
            if (size < 0 || sha256.algorithm() != Digest.Algorithm.SHA256) {
                throw new IllegalArgumentException("a file has a size and a SHA-256: " + path);
            }
        }
    }

    /// A directory; mode 755.
    record Directory(BundlePath path, FileClass fileClass) implements BundleFile {}

    /// A symlink that stays inside the tree.
    ///
    /// @param target as it is written in the link
    record Symlink(BundlePath path, FileClass fileClass, String target) implements BundleFile {}
}
