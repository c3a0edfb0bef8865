package dev.belay.versys.release;

import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.util.List;
import java.util.Optional;

/// Whether a text is a version range. A release does not say which scheme its product's channel
/// has, so a range of any numbered scheme will do; the channel checks it against its own.
final class Ranges {
    private static final List<VersionScheme> SCHEMES =
            List.of(VersionScheme.SEMVER, VersionScheme.NUMERIC, VersionScheme.CALVER);

    private Ranges() {}

    static Optional<String> checked(String text) {
        return SCHEMES.stream().anyMatch(scheme -> parses(text, scheme))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static boolean parses(String text, VersionScheme scheme) {
        try {
            VersionRange.parse(text, scheme);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
