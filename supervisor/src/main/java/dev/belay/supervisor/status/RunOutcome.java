package dev.belay.supervisor.status;

import java.util.Locale;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// How a run ended.
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum RunOutcome {
    /// Every hop was committed.
    UPDATED,
    /// A hop failed and was put back.
    ROLLED_BACK,
    /// A hop failed, and putting it back failed too.
    NOT_ROLLED_BACK,
    /// It ended before anything was changed.
    FAILED,
    /// It has not been brought to an end yet.
    INTERRUPTED;

    /// As JSON names it: `rolled-back`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
