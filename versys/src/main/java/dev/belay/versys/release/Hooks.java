package dev.belay.versys.release;

import java.util.List;
import java.util.Optional;

/// Programs of the release that run at fixed places of an update. Each is program and arguments, no
/// shell, relative to the release.
///
/// @param preflight before anything is stopped; a failure refuses the update
/// @param migrate after the switch, before the start
/// @param postStart after the service is healthy
public record Hooks(
        Optional<List<String>> preflight,
        Optional<List<String>> migrate,
        Optional<List<String>> postStart) {
    /// No hooks.
    public static final Hooks NONE =
            new Hooks(Optional.empty(), Optional.empty(), Optional.empty());
}
