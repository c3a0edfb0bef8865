package dev.belay.supervisor.status;

import java.util.Locale;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// How a hop ended.
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum HopOutcome {
    /// Its release is the installed one.
    COMMITTED,
    /// It failed and was put back.
    ROLLED_BACK,
    /// It failed, and putting it back failed too.
    NOT_ROLLED_BACK,
    /// It has not been brought to an end yet.
    INTERRUPTED;

    /// As JSON names it: `rolled-back`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
