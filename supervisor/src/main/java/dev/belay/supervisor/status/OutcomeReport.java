package dev.belay.supervisor.status;

import dev.belay.versys.version.Version;
import org.jspecify.annotations.Nullable;

/// What the server is told about one hop: `POST /api/v1/products/{product}/reports`.
///
/// @param id unique; the server counts it once
/// @param host an id of this host that says nothing about it
/// @param channel the channel that the host follows
/// @param outcome how the hop, and with it the run so far, ended
/// @param kind the failure kind; null if it succeeded
/// @param message the failure in words, without secrets; null if it succeeded
/// @param seconds how long the hop took
/// @param supervisor version of this program
public record OutcomeReport(
        String id,
        String host,
        String channel,
        Version from,
        Version to,
        RunOutcome outcome,
        @Nullable String kind,
        @Nullable String message,
        double seconds,
        String supervisor) {}
