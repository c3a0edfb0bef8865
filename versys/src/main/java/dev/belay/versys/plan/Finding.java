package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something that a channel document should not say.
///
/// @param error whether publishing should stop; else it is a warning
/// @param kind stable, see `docs/format/channel.md`
/// @param shared what it says after the name of the release, if several releases may have the same
///   cause; else empty
public record Finding(
        boolean error, String kind, Optional<Version> release, String message, String shared) {
    Finding(boolean error, String kind, Optional<Version> release, String message) {
        this(error, kind, release, message, "");
    }

    static Finding shared(String kind, Version release, String shared) {
        return new Finding(true, kind, Optional.of(release), release + " is " + shared, shared);
    }

    /// One finding for each cause, in the order in which they come up; of several releases with one
    /// cause the first is named as `release`.
    public static List<Finding> byCause(List<Finding> findings) {
        Map<String, List<Finding>> causes = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String cause = finding.shared().isEmpty() ? finding.message() : finding.shared();
            causes.computeIfAbsent(finding.kind() + ' ' + cause, _ -> new ArrayList<>())
                    .add(finding);
        }
        return causes.values().stream().map(Finding::together).toList();
    }

    private static Finding together(List<Finding> same) {
        Finding first = same.getFirst();
        if (same.size() == 1) {
            return first;
        }
        String words =
                "%,d releases (%s to %s) are %s"
                        .formatted(
                                same.size(),
                                first.release().map(Version::text).orElse(""),
                                same.getLast().release().map(Version::text).orElse(""),
                                first.shared());
        return new Finding(first.error(), first.kind(), first.release(), words, first.shared());
    }
}
