package dev.belay.supervisor.status;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One past run as `supervisor history` and the page list it, newest first.
///
/// @param transaction its id
/// @param run what it was for
/// @param begun when it began
/// @param seconds how long it took
/// @param from the version before it
/// @param to the version it was to reach
/// @param outcome how it ended
/// @param kind the failure kind; null if it succeeded
/// @param message the end in words
/// @param hops the hops that were begun
/// @param details what the failed program said last, line by line; empty if none did
public record HistoryEntry(
        String transaction,
        RunKind run,
        Instant begun,
        double seconds,
        Version from,
        Version to,
        RunOutcome outcome,
        @Nullable String kind,
        String message,
        List<HopRecord> hops,
        List<String> details) {

    /// One hop of a past run.
    ///
    /// @param seconds how long the hop took, rolling back included
    /// @param downtimeSeconds from stopping the product until it was healthy again
    public record HopRecord(
            Version from, Version to, HopOutcome outcome, double seconds, double downtimeSeconds) {}

    public HistoryEntry {
        hops = List.copyOf(hops);
        details = List.copyOf(details);
    }
}
