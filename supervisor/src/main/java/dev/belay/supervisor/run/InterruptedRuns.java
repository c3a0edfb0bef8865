package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.Reserve;
import dev.belay.supervisor.deployment.Stager;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.settings.RollbackPolicy;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.Journal;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.supervisor.transaction.Recovery;
import dev.belay.supervisor.transaction.RecoveryAction;
import dev.belay.supervisor.transaction.Returning;
import dev.belay.supervisor.transaction.Rollback;
import dev.belay.supervisor.transaction.Run;
import dev.belay.supervisor.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The runs of a home that did not come to their end: usually none, at most one. Does what
/// [Recovery] decides.
final class InterruptedRuns {
    /// What somebody has agreed to.
    enum Consent {
        /// To what supervisor.yaml lets be done without a person.
        AS_SETTINGS_SAY,
        /// Also to putting back what cannot be finished, whatever that loses, and to trying again
        /// what failed before.
        WHATEVER_IT_TAKES,
        /// To putting it back, whether it could be finished or not.
        PUT_BACK
    }

    private final Home home;
    private final String command;
    private final Accounts accounts;
    private final RollbackPolicy policy;
    private final BiFunction<String, Journal, Run> runs;

    /// @param command what this process does, for one who finds the home locked
    /// @param policy what may be put back without a person
    /// @param runs makes the context of a run that is taken up again
    InterruptedRuns(
            Home home,
            String command,
            Accounts accounts,
            RollbackPolicy policy,
            BiFunction<String, Journal, Run> runs) {
        this.home = home;
        this.command = command;
        this.accounts = accounts;
        this.policy = policy;
        this.runs = runs;
    }

    /// Ends them as somebody wants who goes back: an update and a restore are put back, a way back
    /// is gone to its end.
    ///
    /// @param acceptDataLoss whether that may lose what was written since
    /// @return the outcome; empty if there is still a way back to be gone
    Optional<Outcome> endBack(boolean acceptDataLoss) {
        boolean back = Unfinished.actions(home).stream().anyMatch(InterruptedRuns::leadsBack);
        if (!back && !acceptDataLoss) {
            Unfinished.requireNothingLost(home);
        }
        return back
                ? end(Consent.AS_SETTINGS_SAY)
                        .filter(outcome -> !(outcome instanceof Outcome.RolledBack))
                : end(Consent.PUT_BACK)
                        .filter(outcome -> !(outcome instanceof Outcome.Done))
                        .map(outcome ->
                                outcome instanceof Outcome.RolledBack asked
                                        ? asked.asAsked()
                                        : outcome);
    }

    private static boolean leadsBack(RecoveryAction action) {
        HopIntent hop = action.hop();
        return hop != null
                && hop.kind() == RunKind.ROLLBACK
                && !(action instanceof RecoveryAction.NeedsPerson);
    }

    /// Brings them to their end. The caller holds the home's lock.
    ///
    /// @return the outcome of the last one; empty if there is none, or nothing had been changed yet
    Optional<Outcome> end(Consent consent) {
        Optional<Outcome> last = Optional.empty();
        for (String id : open(home)) {
            HomeLock.tryStaging(home, command).ifPresent(this::clear);
            last = ScopedValue.where(TransactionId.CURRENT, id).call(() -> end(id, consent));
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

    private Optional<Outcome> end(String id, Consent consent) {
        List<JournalRecord> records = read(home, id);
        if (!(records.getFirst() instanceof JournalRecord.RunBegun begun)) {
            throw new IllegalStateException("a journal begins with run-begun");
        }
        new Reserve(home).free(); // opening a journal takes space already
        try (Journal journal = JournalFile.open(home.journal(), id)) {
            Run run = runs.apply(id, journal);
            Closing closing =
                    new Closing(
                            run,
                            accounts,
                            begun.from(),
                            consent == Consent.PUT_BACK ? RunKind.ROLLBACK : RunKind.RECOVERY,
                            begun.resting());
            return switch (Recovery.decide(records)) {
                case RecoveryAction.Nothing _ -> Optional.empty();
                case RecoveryAction.Abandon _ -> {
                    run.events().recovered("nothing had been changed yet");
                    closing.abandoned(begun.kind(), begun.to(), Failure.interrupted());
                    yield Optional.empty();
                }
                case RecoveryAction.Finish(HopIntent hop, Instant _)
                        when consent == Consent.PUT_BACK ->
                        Optional.of(putBack(run, closing, hop, Failure.interrupted(), consent));
                case RecoveryAction.Finish(HopIntent hop, Instant since) ->
                        Optional.of(finish(run, closing, hop, since, consent));
                case RecoveryAction.RollBack back ->
                        Optional.of(putBack(run, closing, back, consent));
                case RecoveryAction.NeedsPerson p when consent == Consent.AS_SETTINGS_SAY ->
                        Optional.of(
                                closing.between(
                                        p.hop(), p.cause(), p.rollback(), Outcome.RunFigures.NONE));
                case RecoveryAction.NeedsPerson p ->
                        Optional.of(putBack(run, closing, p.hop(), p.cause(), consent));
                case RecoveryAction.CloseRolledBack(HopIntent hop, Failure cause) ->
                        Optional.of(rolledBack(run, closing, hop, cause));
                case RecoveryAction.Return(Returning returning) ->
                        Optional.of(goBack(run, closing, returning, consent));
                case RecoveryAction.CloseCommitted(HopIntent hop) ->
                        Optional.of(committed(run, closing, hop, consent));
            };
        }
    }

    /// A commit whose journal line was not known to be on the disk may have been put back before
    /// the supervisor died; `current`, which goes back first, tells.
    private Outcome committed(Run run, Closing closing, HopIntent hop, Consent consent) {
        if (!home.installed().equals(Optional.of(hop.to()))) {
            return putBack(run, closing, hop, Failure.interrupted(), consent);
        }
        run.events().recovered(hop.to() + " had been committed");
        if (!closing.resting()) {
            run.product(hop.to()).start();
        }
        return done(run, closing, hop, "");
    }

    private Outcome done(Run run, Closing closing, HopIntent hop, String remark) {
        Optional<Returning> returning = Returning.of(read(home, run.id()));
        if (hop.kind() == RunKind.RETURN && returning.isPresent()) {
            return new ChainReturn(run, accounts, closing)
                    .returned(returning.get(), hop, Duration.ZERO, Outcome.RunFigures.NONE);
        }
        accounts.committed(run.id(), hop, Duration.ZERO);
        return closing.updated(hop, remark, Outcome.RunFigures.NONE);
    }

    private Outcome goBack(Run run, Closing closing, Returning returning, Consent consent) {
        return new ChainReturn(run, accounts, closing)
                .walk(
                        returning,
                        loss ->
                                consent == Consent.WHATEVER_IT_TAKES
                                        ? Optional.empty()
                                        : policy.against(loss),
                        Outcome.RunFigures.NONE);
    }

    /// A return that failed leaves the release that it was to leave.
    private Outcome rolledBack(Run run, Closing closing, HopIntent hop, Failure cause) {
        Optional<Returning> returning = Returning.of(read(home, run.id()));
        return hop.kind() == RunKind.RETURN && returning.isPresent()
                ? closing.stayed(returning.get(), hop, cause.message(), Outcome.RunFigures.NONE)
                : closing.rolledBack(hop, cause, Outcome.RunFigures.NONE);
    }

    /// Keeps a release that is healthy. One that is not is a failed update like any other, but for
    /// what it may have taken meanwhile.
    private Outcome finish(
            Run run, Closing closing, HopIntent hop, Instant since, Consent consent) {
        if (!home.installed().equals(Optional.of(hop.to()))) {
            // on its way back already, by a run that could not write its journal any more
            return putBack(run, closing, hop, Failure.interrupted(), consent);
        }
        run.events().recovered(hop.to() + " had been started; it stays if it is healthy");
        Transaction.End end = new Transaction(run).finish(hop);
        if (end.failure().isEmpty()) {
            return done(run, closing, hop, end.remark());
        }
        if (run.aborted().getAsBoolean()) {
            throw new RefusedException(
                    "interrupted",
                    "It was not waited until " + hop.to() + " is healthy. Nothing was put back.",
                    "Run the command again: it goes on from here.");
        }
        return putBack(
                run,
                closing,
                new RecoveryAction.RollBack(hop, end.failure().get(), since),
                consent);
    }

    /// As far as somebody has agreed to.
    private Outcome putBack(
            Run run, Closing closing, RecoveryAction.RollBack back, Consent consent) {
        HopIntent hop = back.hop();
        Optional<String> held =
                consent == Consent.AS_SETTINGS_SAY
                        ? policy.against(() ->
                                Unfinished.written(home, hop, back.since())
                                        .map(w -> w.words(hop.from())))
                        : Optional.empty();
        if (held.isPresent()) {
            Outcome outcome = closing.held(hop, back.cause(), held.get());
            run.events().recovered(outcome.message());
            return outcome;
        }
        return putBack(run, closing, hop, back.cause(), consent);
    }

    private Outcome putBack(
            Run run, Closing closing, HopIntent hop, Failure cause, Consent consent) {
        run.events().recovered("putting " + hop.from() + " back after: " + cause.message());
        Rollback rollback = new Rollback(run);
        Optional<Failure> second = rollback.putBack(hop, cause);
        if (second.isPresent()) {
            return closing.failed(hop, cause, second, Outcome.RunFigures.NONE);
        }
        Optional<Returning> returning = rollback.leadsOn(hop);
        return returning.isPresent()
                ? goBack(run, closing, returning.get(), consent)
                : rolledBack(run, closing, hop, cause);
    }
}
