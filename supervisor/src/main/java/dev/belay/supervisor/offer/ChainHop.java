package dev.belay.supervisor.offer;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.merge.ConfigChange;
import dev.belay.versys.version.Version;
import java.util.List;

/// One hop of a [ChainPlan]: one move from a version to the next.
///
/// @param number 1-based position in the chain
/// @param from the version before
/// @param to the version after
/// @param why why this hop is on the path, in words
/// @param notes release notes of `to` as Markdown; empty text if it has none
/// @param bundle path of the bundle in the repository
/// @param digest the signed digest of the bundle
/// @param bundleBytes the signed length of the bundle
/// @param unpackedBytes the unpacked size from the signed manifest
/// @param config what the config merge decides, one entry per file that changes
public record ChainHop(
        int number,
        Version from,
        Version to,
        String why,
        String notes,
        String bundle,
        Digest digest,
        long bundleBytes,
        long unpackedBytes,
        List<ConfigChange> config) {
    public ChainHop {
        config = List.copyOf(config);
    }
}
