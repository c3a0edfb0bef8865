package dev.belay.versys.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A phased rollout: the share of hosts that a release is open to grows from `from` to 1 over
/// `duration`. Pure: the same answer for the same moment and wariness, on the host and on the
/// server.
///
/// @param start the share grows from here on
/// @param duration without one the share stays at `from` (frozen)
/// @param from the share at the start, 0 to 1
/// @param pausedAt the share no longer grows after it
/// @param before the share before the start; absent means `from`
public record Rollout(
        Optional<Instant> start,
        Optional<Duration> duration,
        double from,
        Optional<Instant> pausedAt,
        Optional<Double> before) {
    /// A rollout whose share before the start is that of the start.
    public Rollout(
            Optional<Instant> start,
            Optional<Duration> duration,
            double from,
            Optional<Instant> pausedAt) {
        this(start, duration, from, pausedAt, Optional.empty());
    }

    public Rollout {
        if (before.isPresent()
                && (start.isEmpty() || !(before.get() >= 0 && before.get() <= from))) {
            throw new IllegalArgumentException(
                    "'before' is a share from 0 to that of the start, and needs a 'start'");
        }
        if (!(from >= 0 && from <= 1)) {
            throw new IllegalArgumentException("a rollout starts from a share between 0 and 1");
        }
        if (duration.isPresent() && (!duration.get().isPositive() || start.isEmpty())) {
            throw new IllegalArgumentException(
                    "a rollout with a duration has a start, and takes longer than nothing");
        }
    }

    /// The open share at a moment, 0 to 1.
    public double share(Instant now) {
        if (before.isPresent() && start.filter(now::isBefore).isPresent()) {
            return before.get();
        }
        if (start.isEmpty() || duration.isEmpty()) {
            return from;
        }
        Instant moment = pausedAt.filter(now::isAfter).orElse(now);
        double elapsed = seconds(Duration.between(start.get(), moment));
        return Math.clamp(from + (1 - from) * elapsed / seconds(duration.get()), from, 1);
    }

    /// Whether a host of that wariness may have it.
    ///
    /// @param wariness 0 (eager) to 1 (cautious)
    public boolean isOpenTo(double wariness, Instant now) {
        return wariness <= share(now);
    }

    /// When it opens to a host of that wariness; empty if only the vendor can change that.
    public Optional<Instant> opensTo(double wariness) {
        if (wariness <= from) {
            return start;
        }
        if (start.isEmpty() || duration.isEmpty()) {
            return Optional.empty();
        }
        double needed = (wariness - from) / (1 - from) * seconds(duration.get());
        Instant opens = start.get().plusMillis((long) Math.ceil(needed * 1000));
        return pausedAt.isPresent() && opens.isAfter(pausedAt.get())
                ? Optional.empty()
                : Optional.of(opens);
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / 1e9;
    }
}
