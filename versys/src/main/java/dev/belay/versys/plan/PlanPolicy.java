package dev.belay.versys.plan;

import java.util.Arrays;
import java.util.Locale;

/// What makes one path better than another. Ties go to fewer hops, then to newer releases first.
public enum PlanPolicy {
    /// As few hops as possible.
    FEWEST_HOPS,
    /// No minor series is skipped: each is a stop at its last release (zero-downtime upgrades).
    EVERY_MINOR,
    /// Every hop goes as far up as it can without losing the target.
    NEWEST_FIRST,
    /// As few bytes as possible.
    LEAST_DOWNLOAD,
    /// As little expected downtime as possible.
    LEAST_DOWNTIME;

    /// The name on the command line: `fewest-hops`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The policy of that label.
    ///
    /// @throws IllegalArgumentException if there is none
    public static PlanPolicy of(String label) {
        return Arrays.stream(values())
                .filter(policy -> policy.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown policy '"
                                        + label
                                        + "': "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(values())
                                                        .map(PlanPolicy::label)
                                                        .toList())));
    }
}
