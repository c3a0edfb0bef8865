package dev.belay.versys.release;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What makes a started release healthy.
///
/// @param http URL to ask, after its placeholders are filled
/// @param status HTTP status to expect
/// @param json fields of the JSON answer (dotted path → value) to expect
/// @param within how long after the start it may take to become healthy
/// @param interval time between two questions
/// @param consecutive good answers in a row that are needed
public record HealthCheck(
        Template http,
        int status,
        Map<String, Template> json,
        Duration within,
        Duration interval,
        int consecutive) {
    /// `status` when release.yaml says nothing.
    public static final int DEFAULT_STATUS = 200;

    /// `within` when release.yaml says nothing.
    public static final Duration DEFAULT_WITHIN = Duration.ofSeconds(90);

    /// `interval` when release.yaml says nothing.
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    /// `consecutive` when release.yaml says nothing.
    public static final int DEFAULT_CONSECUTIVE = 3;

    public HealthCheck {
        json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
}
