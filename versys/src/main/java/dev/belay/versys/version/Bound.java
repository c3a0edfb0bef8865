package dev.belay.versys.version;

/// One comparison of a range, for example `>=1.2.0`.
///
/// @param written whether the key stands in the range as an author wrote it, tag included; only
///   then does its pre-release tag invite other pre-releases of the same numbers
record Bound(Operator operator, VersionKey key, boolean written) {
    enum Operator {
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        EXACTLY
    }

    /// Where a version lies: -1 below this bound, 0 within, 1 above.
    int side(VersionKey version, boolean coreOnly) {
        int order = coreOnly ? version.compareCore(key) : version.compareTo(key);
        return switch (operator) {
            case LESS -> order < 0 ? 0 : 1;
            case AT_MOST -> order <= 0 ? 0 : 1;
            case GREATER -> order > 0 ? 0 : -1;
            case AT_LEAST -> order >= 0 ? 0 : -1;
            case EXACTLY -> Integer.signum(order);
        };
    }

    boolean invites(VersionKey preRelease) {
        return written && key.isPreRelease() && key.compareCore(preRelease) == 0;
    }
}
