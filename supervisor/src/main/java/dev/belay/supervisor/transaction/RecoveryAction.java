package dev.belay.supervisor.transaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be done about a journal.
public sealed interface RecoveryAction {
    /// The hop that it is about; null if none was begun.
    default @Nullable HopIntent hop() {
        return null;
    }

    /// From when on the release that the hop leads to may have served without anybody watching;
    /// null if it was never started, or is not in use any more.
    default @Nullable Instant since() {
        return null;
    }

    /// Nothing: the run is over, or it never began.
    record Nothing() implements RecoveryAction {}

    /// The run had not stopped the product yet: close it, and clear the staging area.
    record Abandon() implements RecoveryAction {}

    /// A hop was under way: put it back.
    ///
    /// @param cause why: what the journal says, or that it was interrupted
    record RollBack(HopIntent hop, Failure cause, @Nullable Instant since)
            implements RecoveryAction {}

    /// The release that the hop leads to was started, on data that was migrated to its end: if it
    /// is healthy it stays, with all that it took meanwhile.
    record Finish(HopIntent hop, Instant since) implements RecoveryAction {}

    /// The last hop had been put back, but the run was not closed.
    record CloseRolledBack(HopIntent hop, Failure cause) implements RecoveryAction {}

    /// The hop that failed had been put back, and the run has still to return to where it began.
    record Return(Returning returning) implements RecoveryAction {}

    /// The last hop had been committed, but the run was not closed.
    record CloseCommitted(HopIntent hop) implements RecoveryAction {}

    /// A rollback failed: only a person can decide. `supervisor rollback` tries again.
    record NeedsPerson(HopIntent hop, Failure cause, Failure rollback, @Nullable Instant since)
            implements RecoveryAction {}
}
