package dev.belay.supervisor.agent.web;

import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.status.HostStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the page shows at one moment; the answer of `GET /api/status`.
///
/// @param host name of this host
/// @param now the host's own status
/// @param agent what the agent is doing
/// @param push how the event stream to the update server is doing
/// @param check the last look at the repository since the agent started; null before the first
/// @param attempt the last update that was started here; null if there was none
public record AdminStatus(
        String host,
        HostStatus now,
        AgentInfo agent,
        PushInfo push,
        @Nullable CheckInfo check,
        @Nullable Attempt attempt) {
    /// @param state name of the agent's state, for example `watching`
    /// @param message the same in words
    public record AgentInfo(String state, String message) {}

    /// @param connected whether news would arrive at once
    /// @param message the same in words
    public record PushInfo(boolean connected, String message) {}

    /// @param at when
    /// @param result what was found; null if looking failed
    /// @param failure why looking failed; null if it did not
    public record CheckInfo(
            Instant at, @Nullable CheckResult result, @Nullable FailureInfo failure) {}

    /// An update that was started from the page.
    ///
    /// @param to the version asked for; null for the newest
    /// @param running whether it still runs
    /// @param kind how it ended; null while it runs
    /// @param message the same in words; null while it runs
    /// @param help what to do about it; null while it runs and when it went well
    public record Attempt(
            Instant begun,
            @Nullable String to,
            boolean running,
            @Nullable String kind,
            @Nullable String message,
            @Nullable String help) {}

    /// A failure as HTTP answers carry it.
    public record FailureInfo(String kind, String message, String help) {}
}
