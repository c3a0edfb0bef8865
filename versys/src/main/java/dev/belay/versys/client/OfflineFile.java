package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// A repository, or the part of one that a chain of upgrades needs, for hosts without a network: a
/// zip of `metadata/` and `targets/` with the names that a web server would serve, or a directory
/// with these two.
///
/// Nothing in it is trusted for being in it: it is read through the same client, from the root that
/// the host trusts.
public final class OfflineFile {
    private OfflineFile() {}

    /// Opens an offline file as a repository. The store is left as it was until the metadata and
    /// one target of the file have verified.
    ///
    /// @param file made by `versys export`, or a directory with `metadata/` and `targets/`
    /// @param store what this host trusts, as for [Repositories#open]
    /// @param staleness how long ago metadata may have expired; the admin's explicit decision for
    ///   this one file, else zero
    /// @throws RefusedException `offline-file-unreadable`
    public static TargetSource open(
            Path file, Path store, InstantSource clock, Duration staleness) {
        return open(file, TrustStore.of(store), clock, staleness);
    }

    /// As above, with a record beside the store of what was seen.
    public static TargetSource open(
            Path file, TrustStore store, InstantSource clock, Duration staleness) {
        return new OfflineRepository(file, store, clock, staleness);
    }

    static BelayException notWritten(Path file, IOException cause) {
        return new BelayException(
                "offline-file-not-written",
                "Cannot write " + file + ": " + cause.getMessage() + ".",
                "Check space and permissions there.",
                cause);
    }
}
