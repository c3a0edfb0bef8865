package dev.belay.packaging.bundle;

/// Decides the class of everything in a tree, in practice from `layout` of release.yaml.
@FunctionalInterface
public interface FileClassifier {
    /// Everything belongs to the vendor.
    FileClassifier ALL_PROGRAM = path -> FileClass.PROGRAM;

    /// Called once for every file, directory and symlink.
    FileClass classify(BundlePath path);
}
