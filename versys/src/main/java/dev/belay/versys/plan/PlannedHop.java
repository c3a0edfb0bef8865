package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// One move of a path.
///
/// @param version where it lands
/// @param why why here, in words
/// @param notes release notes, Markdown
/// @param risks accepted risks that apply to this hop
/// @param requiredStop whether the release is a stop on this way
/// @param manualAction what the admin must do and confirm before it
public record PlannedHop(
        Version version,
        String why,
        String notes,
        List<String> risks,
        boolean requiredStop,
        Optional<String> manualAction) {
    public PlannedHop {
        risks = List.copyOf(risks);
    }
}
