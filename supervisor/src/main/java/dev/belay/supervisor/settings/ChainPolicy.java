package dev.belay.supervisor.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// Where a chain ends of which a later hop failed.
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum ChainPolicy {
    /// On the last release that was committed.
    STOP,
    /// On the release that it began with.
    RETURN;

    /// The policy of that name; empty if there is none.
    public static Optional<ChainPolicy> of(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
