package dev.belay.versys.release;

import java.util.List;
import java.util.Optional;

/// Programs of the release that run at fixed places of an update. Each is program and arguments, no
/// shell, relative to the release.
///
/// @param preflight before anything is stopped; a failure refuses the update
/// @param preBackup before the release is stopped to be left, so that it can bring its data to
///   rest; a failure ends the update and leaves the product running
/// @param migrate after the switch, before the start
/// @param postStart after the service is healthy
/// @param postCommit once the release is installed for good; a failure is said and changes nothing
public record Hooks(
        Optional<List<String>> preflight,
        Optional<List<String>> preBackup,
        Optional<List<String>> migrate,
        Optional<List<String>> postStart,
        Optional<List<String>> postCommit) {
    /// No hooks.
    public static final Hooks NONE =
            new Hooks(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
