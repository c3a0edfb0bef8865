package dev.belay.versys.graph;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.UntrustedException;
import java.util.List;
import java.util.Optional;

/// The bundle of a release for one platform.
///
/// @param targetPath the signed target, for example `shop/releases/3.5.1/shop-3.5.1-any.tgz`
/// @param length bytes to download
/// @param unpackedBytes bytes on disk once unpacked; 0 if unknown
/// @param sha256 of the bundle: who signs the channel signs these bytes; empty in old documents
public record Artifact(
        String targetPath, long length, long unpackedBytes, Optional<Digest> sha256) {
    public Artifact {
        if (targetPath.isEmpty() || length < 0 || unpackedBytes < 0) {
            throw new IllegalArgumentException("an artifact has a path and no negative sizes");
        }
        if (sha256.isPresent() && sha256.get().algorithm() != Digest.Algorithm.SHA256) {
            throw new IllegalArgumentException("an artifact has a SHA-256");
        }
    }

    /// One whose bytes the channel does not pin.
    public Artifact(String targetPath, long length, long unpackedBytes) {
        this(targetPath, length, unpackedBytes, Optional.empty());
    }

    /// Whether signed metadata names the bytes that the channel names, or the channel names none:
    /// the key of the releases role alone must not put other bytes under a version that the
    /// channel's people have signed.
    ///
    /// @throws UntrustedException `bundle-mismatch`
    public void requireSigned(long signedLength, List<Digest> signedDigests) {
        boolean same =
                sha256.isEmpty()
                        || (signedLength == length && signedDigests.contains(sha256.get()));
        if (!same) {
            throw new UntrustedException(
                    "bundle-mismatch",
                    "The channel was signed for other bytes of "
                            + targetPath
                            + " than the repository offers. Nothing was changed.",
                    "Do not install it before the vendor explains it: somebody may have the key of"
                            + " the vendor's releases.");
        }
    }
}
