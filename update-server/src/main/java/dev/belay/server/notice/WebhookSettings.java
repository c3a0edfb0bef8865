package dev.belay.server.notice;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where warnings are posted.
///
/// @param address `http` or `https`
/// @param firstPause before a second attempt
public record WebhookSettings(URI address, Duration firstPause) {
    /// With a pause that gives a receiver time to restart: attempts after 0, 2, 10 and 42 seconds.
    ///
    /// @return empty if that is no address to post to
    public static Optional<WebhookSettings> of(URI address) {
        boolean usable =
                address.getHost() != null
                        && address.getUserInfo() == null
                        && address.getFragment() == null
                        && ("http".equals(address.getScheme())
                                || "https".equals(address.getScheme()));
        return usable
                ? Optional.of(new WebhookSettings(address, Duration.ofSeconds(2)))
                : Optional.empty();
    }
}
