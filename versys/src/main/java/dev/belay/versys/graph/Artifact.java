package dev.belay.versys.graph;

/// The bundle of a release for one platform.
///
/// @param targetPath the signed target, for example `shop/releases/3.5.1/shop-3.5.1-any.tgz`
/// @param length bytes to download
/// @param unpackedBytes bytes on disk once unpacked; 0 if unknown
public record Artifact(String targetPath, long length, long unpackedBytes) {
    public Artifact {
        if (targetPath.isEmpty() || length < 0 || unpackedBytes < 0) {
            throw new IllegalArgumentException("an artifact has a path and no negative sizes");
        }
    }
}
