package dev.belay.server.notice;

import dev.belay.server.catalog.RoleExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A warning that a role's metadata expires soon or has expired. Pure.
///
/// @param threshold how long before the expiry it is due; zero when it has expired
public record ExpiryNotice(RoleExpiry role, Duration threshold) {
    private static final List<Duration> VENDOR =
            List.of(
                    Duration.ZERO,
                    Duration.ofDays(1),
                    Duration.ofDays(3),
                    Duration.ofDays(7),
                    Duration.ofDays(14),
                    Duration.ofDays(30));
    private static final List<Duration> ONLINE =
            List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(6));

    /// The most urgent warning that is due, if any: a person must sign in time for the vendor's
    /// roles, while an online role that is near its end means that the server cannot renew it.
    public static Optional<ExpiryNotice> due(RoleExpiry role, Instant now) {
        Duration left = Duration.between(now, role.expires());
        return (role.online() ? ONLINE : VENDOR)
                .stream()
                        .filter(threshold -> left.compareTo(threshold) <= 0)
                        .findFirst()
                        .map(threshold -> new ExpiryNotice(role, threshold));
    }

    /// Names the warning: the same for every attempt to deliver it, another one for every other.
    public String id() {
        return role.role() + "-" + role.version() + "-" + threshold;
    }

    /// What is sent.
    public Map<String, Object> body() {
        boolean expired = threshold.isZero();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "expiry");
        body.put("id", id());
        body.put("role", role.role());
        body.put("version", role.version());
        body.put("expires", role.expires().toString());
        body.put("expired", expired);
        body.put("within-seconds", threshold.toSeconds());
        body.put(
                "message",
                expired
                        ? role.role()
                                + " expired on "
                                + role.expires()
                                + ": hosts keep running but refuse new installs."
                        : role.role()
                                + " expires on "
                                + role.expires()
                                + ", in less than "
                                + words(threshold)
                                + ".");
        body.put(
                "help",
                role.online()
                        ? "The server could not renew it; its log says why."
                        : "Sign it again: versys sign --renew " + role.role());
        return body;
    }

    private static String words(Duration threshold) {
        if (threshold.toDays() > 0) {
            return threshold.toDays() + (threshold.toDays() == 1 ? " day" : " days");
        }
        return threshold.toHours() + (threshold.toHours() == 1 ? " hour" : " hours");
    }
}
