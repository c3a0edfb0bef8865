package dev.belay.supervisor.status;

import org.jspecify.annotations.Nullable;

/// What the server is told about one hop: `POST /api/v1/products/{product}/reports`.
///
/// @param id unique; the server counts it once
/// @param host an id of this host that says nothing about it
/// @param channel the channel that the host follows
/// @param outcome `updated`, `rolled-back` or `not-rolled-back`
/// @param kind the failure kind; null if it succeeded
/// @param message the failure in words, without secrets; null if it succeeded
/// @param seconds how long the hop took
/// @param supervisor version of this program
public record OutcomeReport(
        String id,
        String host,
        String channel,
        String from,
        String to,
        String outcome,
        @Nullable String kind,
        @Nullable String message,
        double seconds,
        String supervisor) {}
