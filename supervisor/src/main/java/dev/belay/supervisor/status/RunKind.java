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
    RESTORE,
    /// Back to where a chain began, because a later hop of it failed. Of a hop only.
    RETURN,
    /// The end of a run that was interrupted. Of an outcome only: a journal says what the run was
    /// for.
    RECOVERY;

    /// As JSON names it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How a run of this kind ends that does what it is for.
    public RunOutcome done() {
        return switch (this) {
            case UPDATE, RECOVERY -> RunOutcome.UPDATED;
            case ROLLBACK, RETURN -> RunOutcome.WENT_BACK;
            case RESTORE -> RunOutcome.RESTORED;
        };
    }
}
