package dev.belay.supervisor.offer;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// The answer of [Updates#check()].
///
/// @param installed the current version
/// @param available the newest version this host can move to; empty if there is none
/// @param chain the versions on the way, the last is `available`; empty if there is none
/// @param notes release notes of the versions on the way as Markdown, oldest first
/// @param kind `update-available`, `up-to-date`, or why there is no way forward, for example
///   `blocked`, `dead-end`, `rejected`
/// @param message the same in words
/// @param warnings what the admin should know of the channel, in words
public record CheckResult(
        Version installed,
        Optional<Version> available,
        List<Version> chain,
        List<String> notes,
        String kind,
        String message,
        List<String> warnings) {
    public CheckResult {
        chain = List.copyOf(chain);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }
}
