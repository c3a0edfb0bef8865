package dev.belay.versys.client;

/// How much a repository may ask of the client before any signature is checked.
///
/// @param rootBytes the longest root
/// @param timestampBytes the longest timestamp
/// @param snapshotBytes the longest snapshot
/// @param targetsBytes the longest targets role
/// @param rootRotations new roots taken in one run; the next run goes on from there
/// @param delegations roles asked for one target
public record ClientLimits(
        int rootBytes,
        int timestampBytes,
        int snapshotBytes,
        int targetsBytes,
        int rootRotations,
        int delegations) {
    private static final int MIB = 1024 * 1024;

    /// Room for 10,000 releases on several platforms.
    public static final ClientLimits DEFAULT =
            new ClientLimits(MIB, 64 * 1024, 8 * MIB, 32 * MIB, 256, 32);
}
