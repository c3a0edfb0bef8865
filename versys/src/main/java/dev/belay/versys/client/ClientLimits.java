package dev.belay.versys.client;

import java.time.Duration;
import java.util.Optional;

/// How much a repository may ask of the client before any signature is checked.
///
/// @param rootBytes the longest root
/// @param timestampBytes the longest timestamp
/// @param snapshotBytes the longest snapshot
/// @param targetsBytes the longest targets role
/// @param rootRotations new roots taken in one run, after which it ends; the next goes on from
///   there
/// @param delegations roles asked for one target
/// @param metadataTime all metadata of one refresh, or of one search for a target, together
/// @param rootTime a root of which nobody knows whether it is there
/// @param onlineLife how far ahead timestamp and snapshot may expire; empty for as far as they like
public record ClientLimits(
        int rootBytes,
        int timestampBytes,
        int snapshotBytes,
        int targetsBytes,
        int rootRotations,
        int delegations,
        Duration metadataTime,
        Duration rootTime,
        Optional<Duration> onlineLife) {
    private static final int MIB = 1024 * 1024;

    /// Room for 10,000 releases on several platforms.
    public static final ClientLimits DEFAULT =
            new ClientLimits(
                    MIB,
                    64 * 1024,
                    8 * MIB,
                    32 * MIB,
                    4096,
                    32,
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Optional.of(Duration.ofDays(30)));

    /// For repositories of others, whose timestamps may live as long as they like.
    ClientLimits withAnyLife() {
        return new ClientLimits(
                rootBytes,
                timestampBytes,
                snapshotBytes,
                targetsBytes,
                rootRotations,
                delegations,
                metadataTime,
                rootTime,
                Optional.empty());
    }
}
