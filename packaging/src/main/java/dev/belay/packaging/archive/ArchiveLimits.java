package dev.belay.packaging.archive;

/// How much an archive may ask for.
///
/// @param maxEntries how many entries
/// @param maxDepth how many segments a path may have
/// @param maxPathBytes length of a path in UTF-8
/// @param maxUnpackedBytes sum of the sizes of all files
/// @param maxRatio unpacked bytes per compressed byte, looked at after the first 16 MiB
public record ArchiveLimits(
        int maxEntries, int maxDepth, int maxPathBytes, long maxUnpackedBytes, int maxRatio) {
    /// What a bundle may have at most, whatever its manifest says.
    public static final ArchiveLimits BUNDLE = new ArchiveLimits(100_000, 64, 1024, 64L << 30, 200);

    /// The same with another sum of sizes.
    public ArchiveLimits withMaxUnpackedBytes(long bytes) {
        return new ArchiveLimits(maxEntries, maxDepth, maxPathBytes, bytes, maxRatio);
    }
}
