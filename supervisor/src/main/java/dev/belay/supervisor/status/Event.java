package dev.belay.supervisor.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of `events.jsonl`: something that happened, or how far a step is. The field names are
/// the format; CLI progress, the page and the history all read it.
///
/// @param at when it happened
/// @param transaction id of the update run it belongs to; null outside of one
/// @param event what happened, one of the constants of [EventNames]
/// @param hop 1-based number of the hop; 0 when it concerns the whole run
/// @param step lower-case name of the step, for example `back-up`; null if it concerns no step
/// @param done bytes or items so far; null if the step does not count
/// @param total bytes or items in all; null if the step does not count
/// @param message the same in words, for people
/// @param kind the failure kind, only for failures
/// @param details what the failed program said last, line by line; null unless one failed
public record Event(
        Instant at,
        @Nullable String transaction,
        String event,
        int hop,
        @Nullable String step,
        @Nullable Long done,
        @Nullable Long total,
        String message,
        @Nullable String kind,
        @Nullable List<String> details) {
    /// One without details.
    public Event(
            Instant at,
            @Nullable String transaction,
            String event,
            int hop,
            @Nullable String step,
            @Nullable Long done,
            @Nullable Long total,
            String message,
            @Nullable String kind) {
        this(at, transaction, event, hop, step, done, total, message, kind, null);
    }
}
