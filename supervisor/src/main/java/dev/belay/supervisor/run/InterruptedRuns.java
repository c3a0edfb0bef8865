package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.Stager;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.Journal;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.supervisor.transaction.Recovery;
import dev.belay.supervisor.transaction.RecoveryAction;
import dev.belay.supervisor.transaction.Rollback;
import dev.belay.supervisor.transaction.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The runs of a home that did not come to their end: usually none, at most one. Does what
/// [Recovery] decides.
final class InterruptedRuns {
    private final Home home;
    private final String command;
    private final Accounts accounts;
    private final BiFunction<String, Journal, Run> runs;

    /// @param command what this process does, for one who finds the home locked
    /// @param runs makes the context of a run that is taken up again
    InterruptedRuns(
            Home home, String command, Accounts accounts, BiFunction<String, Journal, Run> runs) {
        this.home = home;
        this.command = command;
        this.accounts = accounts;
        this.runs = runs;
    }

    /// What is to be done about them, oldest first.
    static List<RecoveryAction> actions(Home home) {
        return open(home).stream().map(id -> Recovery.decide(read(home, id))).toList();
    }

    /// Brings them to their end. The caller holds the home's lock.
    ///
    /// @param insist whether a rollback that failed before is tried again
    /// @return the outcome of the last one; empty if there is none, or nothing had been changed yet
    Optional<Outcome> end(boolean insist) {
        Optional<Outcome> last = Optional.empty();
        for (String id : open(home)) {
            HomeLock.tryStaging(home, command).ifPresent(this::clear);
            last = ScopedValue.where(TransactionId.CURRENT, id).call(() -> end(id, insist));
        }
        return last;
    }

    private void clear(HomeLock staging) {
        try (staging) {
            new Stager(home).clear();
        }
    }

    private static List<String> open(Home home) {
        return JournalFile.transactions(home.journal()).stream()
                .filter(id -> !(Recovery.decide(read(home, id)) instanceof RecoveryAction.Nothing))
                .toList();
    }

    private static List<JournalRecord> read(Home home, String id) {
        return JournalFile.read(home.journal(), id);
    }

    private Optional<Outcome> end(String id, boolean insist) {
        List<JournalRecord> records = read(home, id);
        if (!(records.getFirst() instanceof JournalRecord.RunBegun begun)) {
            throw new IllegalStateException("a journal begins with run-begun");
        }
        try (Journal journal = JournalFile.open(home.journal(), id)) {
            Run run = runs.apply(id, journal);
            Closing closing = new Closing(run, accounts, begun.from());
            return switch (Recovery.decide(records)) {
                case RecoveryAction.Nothing _ -> Optional.empty();
                case RecoveryAction.Abandon _ -> {
                    run.events().recovered("nothing had been changed yet");
                    closing.abandoned(begun.kind(), begun.to(), Failure.interrupted());
                    yield Optional.empty();
                }
                case RecoveryAction.RollBack(HopIntent hop, Failure cause) ->
                        Optional.of(putBack(run, closing, hop, cause));
                case RecoveryAction.NeedsPerson p when insist ->
                        Optional.of(putBack(run, closing, p.hop(), p.cause()));
                case RecoveryAction.NeedsPerson p ->
                        Optional.of(
                                closing.between(
                                        p.hop(), p.cause(), p.rollback(), Outcome.RunFigures.NONE));
                case RecoveryAction.CloseRolledBack(HopIntent hop, Failure cause) ->
                        Optional.of(closing.rolledBack(hop, cause, Outcome.RunFigures.NONE));
                case RecoveryAction.CloseCommitted(HopIntent hop) ->
                        Optional.of(committed(run, closing, hop));
            };
        }
    }

    /// A commit whose journal line was not known to be on the disk may have been put back before
    /// the supervisor died; `current`, which goes back first, tells.
    private Outcome committed(Run run, Closing closing, HopIntent hop) {
        if (!home.installed().equals(Optional.of(hop.to()))) {
            return putBack(run, closing, hop, Failure.interrupted());
        }
        run.events().recovered(hop.to() + " had been committed");
        run.product(hop.to()).start();
        accounts.committed(run.id(), hop, Duration.ZERO);
        return closing.updated(hop, Outcome.RunFigures.NONE);
    }

    private static Outcome putBack(Run run, Closing closing, HopIntent hop, Failure cause) {
        run.events().recovered("putting " + hop.from() + " back after: " + cause.message());
        return closing.failed(
                hop, cause, new Rollback(run).putBack(hop, cause), Outcome.RunFigures.NONE);
    }
}
