package dev.belay.versys.release;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which installed versions may hop to this release, and with which risks.
///
/// @param from range of versions that may hop here directly; empty for a release that is only
///   installed afresh
/// @param requiredStop whether a host below must land here before it goes further
/// @param conditions named risks for hosts with certain facts
public record UpgradeRule(Optional<String> from, boolean requiredStop, List<Condition> conditions) {
    /// Nobody may hop here.
    public static final UpgradeRule NONE = new UpgradeRule(Optional.empty(), false, List.of());

    public UpgradeRule {
        conditions = List.copyOf(conditions);
    }

    /// A risk that an admin accepts by name.
    ///
    /// @param when facts that a host must all have for the risk to concern it
    /// @param risk the name to accept, for example `SlowIndexBuild`
    /// @param message what may happen
    /// @param url where to read more
    public record Condition(
            Map<String, String> when, String risk, String message, Optional<String> url) {
        public Condition {
            when = Immutable.copy(when);
        }
    }
}
