package dev.belay.supervisor.status;

import java.time.Instant;

/// A version that failed on this host and is not offered again until a person clears it.
///
/// @param version the version
/// @param digest digest of the bundle that failed, as `sha256:<hex>`; other bytes under the same
///   version cannot exist
/// @param at when it failed
/// @param transaction the run in which it failed
/// @param kind the failure kind
/// @param reason why, in words
public record RejectedRelease(
        String version,
        String digest,
        Instant at,
        String transaction,
        String kind,
        String reason) {}
