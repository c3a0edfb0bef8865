package dev.belay.versys.version;

import java.util.List;

/// A set of versions, written as alternatives of comparisons, for example `>=3.2.0 <3.5.1 || ~4.1`.
/// The grammar is in `docs/format/channel.md`; anything outside it is refused. Immutable.
public final class VersionRange {
    private final String text;
    private final VersionScheme scheme;
    private final PreReleasePolicy policy;
    private final List<List<Bound>> alternatives;

    VersionRange(
            String text,
            VersionScheme scheme,
            PreReleasePolicy policy,
            List<List<Bound>> alternatives) {
        this.text = text;
        this.scheme = scheme;
        this.policy = policy;
        this.alternatives = alternatives;
    }

    /// Parses a range for versions of a scheme.
    ///
    /// @throws IllegalArgumentException with the offending part, if the text is not in the grammar
    public static VersionRange parse(String text, VersionScheme scheme) {
        return new RangeParser(text, scheme).parse();
    }

    /// Whether the version is in the range, by the range's pre-release policy.
    ///
    /// @throws IllegalArgumentException if the version does not belong to the scheme
    public boolean matches(Version version) {
        return matches(scheme.key(version));
    }

    /// As above, for a version that was parsed before.
    public boolean matches(VersionKey version) {
        for (int i = 0; i < alternatives.size(); i++) {
            if (position(i, version) == 0 && admits(i, version)) {
                return true;
            }
        }
        return false;
    }

    /// How many alternatives there are.
    public int alternatives() {
        return alternatives.size();
    }

    /// Where a version lies relative to one alternative, the pre-release policy apart: -1 below, 0
    /// within, 1 above. Over versions in ascending order the answer never falls, so that the
    /// versions within are found by bisection.
    public int position(int alternative, VersionKey version) {
        boolean coreOnly = policy instanceof PreReleasePolicy.TagIgnored;
        int above = 0;
        for (Bound bound : alternatives.get(alternative)) {
            int side = bound.side(version, coreOnly);
            if (side < 0) {
                return -1;
            }
            above |= side;
        }
        return above;
    }

    /// Whether the pre-release policy admits a version that lies within an alternative.
    public boolean admits(int alternative, VersionKey version) {
        if (!version.isPreRelease()) {
            return true;
        }
        return switch (policy) {
            case PreReleasePolicy.Excluded() -> isInvited(alternative, version);
            case PreReleasePolicy.OptIn(var classes) ->
                    classes.isEmpty() || classes.contains(version.preReleaseClass());
            case PreReleasePolicy.TagIgnored() -> true;
        };
    }

    private boolean isInvited(int alternative, VersionKey version) {
        for (Bound bound : alternatives.get(alternative)) {
            if (bound.invites(version)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the policy can admit any pre-release at all, for callers that index versions.
    public boolean admitsPreReleases(int alternative) {
        return !(policy instanceof PreReleasePolicy.Excluded)
                || namesPreRelease(alternatives.get(alternative));
    }

    /// Without streams, as documents hold tens of thousands of ranges.
    private static boolean namesPreRelease(List<Bound> bounds) {
        for (Bound bound : bounds) {
            if (bound.written() && bound.key().isPreRelease()) {
                return true;
            }
        }
        return false;
    }

    /// Whether the version lies above everything in the range, which makes the range a ceiling.
    public boolean isBelow(VersionKey version) {
        for (int i = 0; i < alternatives.size(); i++) {
            if (position(i, version) <= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range
                && text.equals(range.text)
                && scheme.name().equals(range.scheme.name());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The text it was parsed from.
    @Override
    public String toString() {
        return text;
    }
}
