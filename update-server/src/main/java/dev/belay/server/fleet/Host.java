package dev.belay.server.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A host as it last reported.
///
/// @param outcome of its last update
/// @param kind of the failure, if the last update failed
public record Host(
        String product,
        String id,
        @Nullable String channel,
        @Nullable String version,
        String outcome,
        @Nullable String kind,
        @Nullable String supervisor,
        Instant reportedAt) {}
