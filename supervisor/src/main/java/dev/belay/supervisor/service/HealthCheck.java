package dev.belay.supervisor.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// When the product counts as healthy. Placeholders are resolved already.
///
/// @param url what to ask over HTTP; empty if staying alive is all that can be asked
/// @param status the status a good answer has
/// @param json dotted paths into the answer's JSON and the texts that must stand there
/// @param within how long it may take until healthy
/// @param consecutive how many good answers in a row it takes
/// @param interval time between two questions; while nobody listens yet it asks more often
public record HealthCheck(
        Optional<String> url,
        int status,
        Map<String, String> json,
        Duration within,
        int consecutive,
        Duration interval) {
    public HealthCheck {
        json = Map.copyOf(json);
        if (consecutive < 1) {
            throw new IllegalArgumentException("at least one good answer: " + consecutive);
        }
    }
}
