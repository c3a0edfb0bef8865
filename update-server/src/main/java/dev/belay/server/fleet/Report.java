package dev.belay.server.fleet;

import org.jspecify.annotations.Nullable;

/// What a supervisor says about one update.
///
/// @param id chosen by the host; the same id is the same report, however often it arrives
/// @param host a stable name of the host
/// @param from the version before, if there was one
/// @param to the version that was wanted
/// @param version the version that runs now
/// @param outcome for example `updated`, `rolled-back`
/// @param kind the failure's machine name, if it failed
/// @param seconds how long it took
/// @param supervisor the supervisor's own version
public record Report(
        String id,
        String host,
        @Nullable String channel,
        @Nullable String from,
        @Nullable String to,
        @Nullable String version,
        String outcome,
        @Nullable String kind,
        @Nullable String message,
        @Nullable Double seconds,
        @Nullable String supervisor) {}
