package dev.belay.supervisor.transaction;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// Does what [Recovery] decides.
final class Recoverer {
    private final Run run;
    private final Accounts accounts;

    Recoverer(Run run, Accounts accounts) {
        this.run = run;
        this.accounts = accounts;
    }

    /// @param records the interrupted run's journal
    /// @param insist whether a rollback that failed before is tried again
    /// @return how it ended; empty if nothing had been changed yet
    Optional<Outcome> recover(List<JournalRecord> records, boolean insist) {
        String from = first(records).from();
        return switch (Recovery.decide(records)) {
            case RecoveryAction.Nothing _ -> Optional.empty();
            case RecoveryAction.Abandon _ -> {
                run.events().recovered("nothing had been changed yet");
                new Closing(run, accounts)
                        .abandoned(from, first(records).to(), Failure.interrupted());
                yield Optional.empty();
            }
            case RecoveryAction.RollBack r -> Optional.of(putBack(from, r.hop(), r.cause()));
            case RecoveryAction.NeedsPerson p when insist ->
                    Optional.of(putBack(from, p.hop(), p.cause()));
            case RecoveryAction.NeedsPerson p ->
                    Optional.of(
                            Closing.between(
                                    run.id(),
                                    from,
                                    p.hop(),
                                    p.cause(),
                                    p.rollback(),
                                    Outcome.RunFigures.NONE));
            case RecoveryAction.CloseRolledBack c ->
                    Optional.of(
                            new Closing(run, accounts)
                                    .rolledBack(from, c.hop(), c.cause(), Outcome.RunFigures.NONE));
            case RecoveryAction.CloseCommitted c -> Optional.of(committed(from, c.hop()));
        };
    }

    /// A commit whose journal line was not known to be on the disk may have been put back before
    /// the supervisor died; `current`, which goes back first, tells.
    private Outcome committed(String from, HopIntent hop) {
        if (!run.home().installed().equals(Optional.of(Version.of(hop.to())))) {
            return putBack(from, hop, Failure.interrupted());
        }
        run.events().recovered(hop.to() + " had been committed");
        Product product = run.product(hop.to());
        product.start();
        accounts.committed(run.id(), hop, java.time.Duration.ZERO);
        return new Closing(run, accounts).updated(from, hop.to(), Outcome.RunFigures.NONE);
    }

    private Outcome putBack(String from, HopIntent hop, Failure cause) {
        run.events().recovered("putting " + hop.from() + " back after: " + cause.message());
        Optional<Failure> second = new Rollback(run).putBack(hop, cause);
        Closing closing = new Closing(run, accounts);
        return second.isEmpty()
                ? closing.rolledBack(from, hop, cause, Outcome.RunFigures.NONE)
                : closing.notRolledBack(from, hop, cause, second.get(), Outcome.RunFigures.NONE);
    }

    private static JournalRecord.RunBegun first(List<JournalRecord> records) {
        if (records.getFirst() instanceof JournalRecord.RunBegun begun) {
            return begun;
        }
        throw new IllegalStateException("a journal begins with run-begun");
    }
}
