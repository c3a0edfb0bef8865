package dev.belay.supervisor.transaction;

import dev.belay.packaging.digest.Digest;
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
/// @param config what the config merge will decide, one entry per file that changes
public record HopPlan(
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
    public HopPlan {
        config = List.copyOf(config);
    }

    /// What the merge of one config file decides.
    ///
    /// @param path the file, relative to the release
    /// @param decisions the choices in words
    /// @param conflicts places where the admin's value stands against a changed default
    public record ConfigChange(String path, List<String> decisions, List<String> conflicts) {
        /// The decision about a whole file that has a new default and is unchanged here.
        public static final String TAKEN = "not changed on this host: the new default is taken";

        /// The decision about a whole file that was not shipped before.
        public static final String ADDED = "new in this release";

        /// The decision about a whole file that is no longer shipped and is unchanged here.
        public static final String REMOVED =
                "not changed on this host and no longer shipped: removed";

        public ConfigChange {
            decisions = List.copyOf(decisions);
            conflicts = List.copyOf(conflicts);
        }
    }
}
