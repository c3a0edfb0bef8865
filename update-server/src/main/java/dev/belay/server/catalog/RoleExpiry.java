package dev.belay.server.catalog;

import java.time.Duration;
import java.time.Instant;

/// Until when a signed file is valid.
///
/// @param online whether the server renews it by itself; the others need the vendor
public record RoleExpiry(String role, long version, Instant expires, boolean online) {
    private static final Duration WARN_ONLINE = Duration.ofHours(6);
    private static final Duration WARN_VENDOR = Duration.ofDays(30);

    /// How an expiry looks from a given moment.
    public enum State {
        /// Nothing to do.
        GOOD,
        /// Somebody should look now.
        SOON,
        /// Hosts refuse it.
        EXPIRED
    }

    /// The state at that moment. A vendor's file is early in trouble, because a person must sign.
    public State at(Instant now) {
        if (!now.isBefore(expires)) {
            return State.EXPIRED;
        }
        Duration warning = online ? WARN_ONLINE : WARN_VENDOR;
        return now.plus(warning).isBefore(expires) ? State.GOOD : State.SOON;
    }
}
