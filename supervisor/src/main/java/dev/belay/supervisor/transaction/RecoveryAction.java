package dev.belay.supervisor.transaction;

/// What is to be done about a journal.
public sealed interface RecoveryAction {
    /// Nothing: the run is over, or it never began.
    record Nothing() implements RecoveryAction {}

    /// The run had not stopped the product yet: close it, and clear the staging area.
    record Abandon() implements RecoveryAction {}

    /// A hop was under way: put it back.
    ///
    /// @param cause why: what the journal says, or that it was interrupted
    record RollBack(HopIntent hop, Failure cause) implements RecoveryAction {}

    /// The last hop had been put back, but the run was not closed.
    record CloseRolledBack(HopIntent hop, Failure cause) implements RecoveryAction {}

    /// The last hop had been committed, but the run was not closed.
    record CloseCommitted(HopIntent hop) implements RecoveryAction {}

    /// A rollback failed: only a person can decide. `supervisor rollback` tries again.
    record NeedsPerson(HopIntent hop, Failure cause, Failure rollback) implements RecoveryAction {}
}
