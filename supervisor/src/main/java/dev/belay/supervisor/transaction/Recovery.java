package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.transaction.JournalRecord.Committed;
import dev.belay.supervisor.transaction.JournalRecord.HopBegun;
import dev.belay.supervisor.transaction.JournalRecord.RollbackBegun;
import dev.belay.supervisor.transaction.JournalRecord.RollbackFailed;
import dev.belay.supervisor.transaction.JournalRecord.RolledBack;
import dev.belay.supervisor.transaction.JournalRecord.RunBegun;
import dev.belay.supervisor.transaction.JournalRecord.RunEnded;
import dev.belay.supervisor.transaction.JournalRecord.StepBegun;
import dev.belay.supervisor.transaction.JournalRecord.StepDone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to do about a run, from its journal alone. A pure function, so that every point at which a
/// supervisor can be killed is a unit test.
///
/// The rule: a hop that is not committed is put back, whatever it had done; one that is committed
/// stays. There is no way forward out of the middle, because only the way back was proven before
/// the hop began. The exception is a hop whose release was started already: nothing is left to do
/// but to find it healthy, and putting it back would discard what it took since.
///
/// Where a chain has put back a hop and is to return to its beginning, that is what is left to do.
public final class Recovery {
    private Recovery() {}

    /// @param records the readable records in the order they were written; a torn last record is
    ///   missing here, and its act was never begun
    public static RecoveryAction decide(List<JournalRecord> records) {
        RecoveryAction action = new RecoveryAction.Nothing();
        if (!records.isEmpty() && records.getLast() instanceof RunEnded) {
            return action; // whatever was before
        }
        for (JournalRecord entry : records) {
            action = after(action, entry);
        }
        return action instanceof RecoveryAction.CloseRolledBack back && returns(back)
                ? Returning.of(records)
                        .<RecoveryAction>map(RecoveryAction.Return::new)
                        .orElse(action)
                : action;
    }

    /// A return that was cut off is begun anew; one that failed is not tried again.
    private static boolean returns(RecoveryAction.CloseRolledBack back) {
        return switch (back.hop().kind()) {
            case UPDATE -> true;
            case RETURN -> back.cause().equals(Failure.interrupted());
            case ROLLBACK, RESTORE, RECOVERY -> false;
        };
    }

    private static RecoveryAction after(RecoveryAction before, JournalRecord entry) {
        return switch (entry) {
            case RunBegun _ -> new RecoveryAction.Abandon();
            case HopBegun begun ->
                    new RecoveryAction.RollBack(begun.hop(), Failure.interrupted(), null);
            case StepBegun step when step.step() == Step.START && before.since() == null ->
                    new RecoveryAction.Finish(hop(before), step.at());
            case StepBegun _, StepDone _ -> before;
            case Committed _ -> new RecoveryAction.CloseCommitted(hop(before));
            case RollbackBegun rollback ->
                    new RecoveryAction.RollBack(
                            hop(before), rollback.cause(), since(before, rollback.at()));
            case RolledBack _ -> rolledBack(before);
            case RollbackFailed failed ->
                    new RecoveryAction.NeedsPerson(
                            hop(before),
                            failed.cause(),
                            failed.rollback(),
                            since(before, failed.at()));
            case RunEnded _ -> new RecoveryAction.Nothing();
        };
    }

    private static RecoveryAction rolledBack(RecoveryAction before) {
        Failure cause =
                switch (before) {
                    case RecoveryAction.RollBack r -> r.cause();
                    case RecoveryAction.NeedsPerson p -> p.cause();
                    default -> Failure.interrupted();
                };
        return new RecoveryAction.CloseRolledBack(hop(before), cause);
    }

    /// What was written until somebody decided to put it back was decided upon.
    private static @Nullable Instant since(RecoveryAction action, Instant decided) {
        return action.since() == null ? null : decided;
    }

    private static HopIntent hop(RecoveryAction action) {
        HopIntent hop = action.hop();
        if (hop == null) {
            throw new IllegalStateException("the journal's records are not in a possible order");
        }
        return hop;
    }
}
