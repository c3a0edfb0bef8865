package dev.belay.versys.release;

import java.time.Duration;

/// What makes a started release healthy.
///
/// @param question what is asked
/// @param within how long after the start it may take to become healthy
/// @param interval time between two questions
/// @param consecutive good answers in a row that are needed
/// @param probation how long after an update the release is still watched and, if it turns out ill,
///   left again; zero for not at all
public record HealthCheck(
        HealthQuestion question,
        Duration within,
        Duration interval,
        int consecutive,
        Duration probation) {
    /// `within` when release.yaml says nothing.
    public static final Duration DEFAULT_WITHIN = Duration.ofSeconds(90);

    /// `interval` when release.yaml says nothing.
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    /// `consecutive` when release.yaml says nothing.
    public static final int DEFAULT_CONSECUTIVE = 3;

    /// One that asks this, for the rest as usual.
    public static HealthCheck of(HealthQuestion question) {
        return new HealthCheck(
                question, DEFAULT_WITHIN, DEFAULT_INTERVAL, DEFAULT_CONSECUTIVE, Duration.ZERO);
    }

    /// The same with another limit.
    public HealthCheck within(Duration other) {
        return new HealthCheck(question, other, interval, consecutive, probation);
    }

    /// The same with another question.
    public HealthCheck asking(HealthQuestion other) {
        return new HealthCheck(other, within, interval, consecutive, probation);
    }
}
