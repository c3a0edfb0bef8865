package dev.belay.versys.trust;

import dev.belay.versys.metadata.MetadataException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What one run demands of the expiry of metadata.
public sealed interface Freshness {
    /// For repairing what has expired, and for files that are judged later: no demand at all.
    Freshness NOT_ASKED = new NotAsked();

    /// Nothing has expired at that moment, however far ahead it will.
    static Freshness at(Instant now) {
        return new At(now, Duration.ZERO, Optional.empty());
    }

    /// @throws MetadataException `metadata-expired`
    void require(String role, Instant expires);

    /// For roles that are signed unattended: they must also expire soon, so that whoever steals
    /// their key cannot freeze a repository for years.
    ///
    /// @throws MetadataException `metadata-expired`, `metadata-lifetime`
    void requireShort(String role, Instant expires);

    /// Judged at one moment.
    ///
    /// @param now the moment at which the run started
    /// @param staleness how long ago metadata may have expired
    /// @param onlineLife how far ahead of `now` timestamp and snapshot may expire
    record At(Instant now, Duration staleness, Optional<Duration> onlineLife) implements Freshness {
        @Override
        public void require(String role, Instant expires) {
            Instant judged = now.minus(staleness);
            if (!judged.isBefore(expires)) {
                throw MetadataException.expired(role, expires, judged);
            }
        }

        @Override
        public void requireShort(String role, Instant expires) {
            require(role, expires);
            onlineLife
                    .map(now::plus)
                    .filter(expires::isAfter)
                    .ifPresent(latest -> {
                        throw MetadataException.lifetime(role, expires, latest);
                    });
        }
    }

    /// No demand.
    record NotAsked() implements Freshness {
        @Override
        public void require(String role, Instant expires) {}

        @Override
        public void requireShort(String role, Instant expires) {}
    }
}
