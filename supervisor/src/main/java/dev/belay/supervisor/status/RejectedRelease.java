package dev.belay.supervisor.status;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.version.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version that failed on this host and is not offered again until a person clears it.
///
/// @param version the version
/// @param digest digest of the bundle that failed; other bytes under the same version cannot exist
/// @param at when it failed
/// @param transaction the run in which it failed
/// @param kind the failure kind
/// @param reason why, in words
public record RejectedRelease(
        Version version,
        @Nullable Digest digest,
        Instant at,
        String transaction,
        String kind,
        String reason) {
    /// The kind of one that did not fail: somebody went back from it.
    public static final String LEFT = "rolled-back-on-request";
}
