package dev.belay.supervisor.status;

import java.util.Locale;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// What a run, and each of its hops, is for.
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum RunKind {
    /// To a release that the vendor offers.
    UPDATE,
    /// Back to the release before, because somebody asked for it.
    ROLLBACK,
    /// Back to the moment of a backup.
    RESTORE;

    /// As JSON names it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How it ended, for people.
    public String words(RunOutcome outcome) {
        if (outcome != RunOutcome.UPDATED) {
            return outcome.label();
        }
        return switch (this) {
            case UPDATE -> outcome.label();
            case ROLLBACK -> "went back";
            case RESTORE -> "restored";
        };
    }
}
