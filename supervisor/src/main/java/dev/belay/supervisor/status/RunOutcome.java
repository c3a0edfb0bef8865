package dev.belay.supervisor.status;

import java.util.Locale;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// How a run ended.
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum RunOutcome {
    /// Every hop of an update was committed.
    UPDATED,
    /// The release before runs again, as somebody asked for.
    WENT_BACK,
    /// A backup is in use, as somebody asked for.
    RESTORED,
    /// A hop failed and was put back.
    ROLLED_BACK,
    /// A hop failed, and putting it back failed too.
    NOT_ROLLED_BACK,
    /// It ended before anything was changed.
    FAILED,
    /// It has not been brought to an end yet.
    INTERRUPTED;

    /// Whether the run did what it was for.
    public boolean good() {
        return this == UPDATED || this == WENT_BACK || this == RESTORED;
    }

    /// As JSON names it: `rolled-back`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
