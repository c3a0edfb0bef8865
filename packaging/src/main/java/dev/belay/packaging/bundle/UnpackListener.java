package dev.belay.packaging.bundle;

/// Told how far the unpacking of a bundle is.
@FunctionalInterface
public interface UnpackListener {
    /// Does not care.
    UnpackListener NONE = (file, done, total) -> {};

    /// Called after each entry.
    ///
    /// @param doneBytes unpacked so far
    /// @param totalBytes what the manifest promises, never 0 if a file has content
    void unpacked(BundleFile file, long doneBytes, long totalBytes);
}
