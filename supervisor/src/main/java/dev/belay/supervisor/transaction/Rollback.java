package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.LiveTrees;
import dev.belay.supervisor.deployment.Reserve;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.service.TransactionProcesses;
import dev.belay.supervisor.status.Step;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/// Puts a hop back, whatever part of it was done, by renames only. Each act may be repeated, so
/// that a rollback that is cut off is simply begun again.
///
/// `current` goes back first: from then on the home can be told from one whose hop was committed.
/// The journal is written if it can be, but a full or read-only disk must not stop the way back;
/// the hop's own intent is in it already and leads here again.
public final class Rollback {
    private final Run run;

    public Rollback(Run run) {
        this.run = run;
    }

    /// @return why it failed, if it did; nothing was deleted then, and nothing further is tried
    public Optional<Failure> putBack(HopIntent hop, Failure cause) {
        new Reserve(run.home()).free();
        note(new JournalRecord.RollbackBegun(run.clock().instant(), hop.number(), cause));
        run.events().stepBegun(Step.ROLL_BACK, "putting " + hop.from() + " back");
        try {
            TransactionProcesses.kill(run.id());
            stopBoth(hop);
            run.home().switchTo(hop.from());
            Path root = run.home().root();
            new LiveTrees(run.home())
                    .putBack(root.resolve(hop.before()), root.resolve(hop.failed()));
            if (leadsOn(hop).isEmpty()) {
                startAgain(hop);
            }
        } catch (RuntimeException failure) {
            return Optional.of(failed(hop, cause, failure));
        }
        note(new JournalRecord.RolledBack(run.clock().instant(), hop.number()));
        run.events().rolledBack(hop);
        return Optional.empty();
    }

    /// Ends a hop that failed while the product still ran: there is nothing to put back, and the
    /// product is left alone.
    ///
    /// @return nothing: it cannot fail
    Optional<Failure> leave(HopIntent hop, Failure cause) {
        note(new JournalRecord.RollbackBegun(run.clock().instant(), hop.number(), cause));
        note(new JournalRecord.RolledBack(run.clock().instant(), hop.number()));
        run.events().rolledBack(hop);
        return Optional.empty();
    }

    /// Whether the run has still to return to where it began from here. A release that is to be
    /// left at once is not started: what it would write then could not be told from what it had
    /// taken before.
    public Optional<Returning> leadsOn(HopIntent hop) {
        try {
            return Returning.after(
                    JournalFile.read(run.home().journal(), run.id()),
                    new JournalRecord.RolledBack(run.clock().instant(), hop.number()));
        } catch (UncheckedIOException e) {
            System.getLogger(Rollback.class.getName())
                    .log(System.Logger.Level.WARNING, "the run ends here", e);
            return Optional.empty();
        }
    }

    /// Starts the release that was put back and not started, because it was to be left at once.
    ///
    /// @return why it failed, if it did
    public Optional<Failure> stay(HopIntent hop, Failure cause) {
        try {
            startAgain(hop);
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(failed(hop, cause, failure));
        }
    }

    private void startAgain(HopIntent hop) {
        Product old = run.product(hop.from());
        old.start();
        old.requireHealthy(() -> false);
    }

    private Failure failed(HopIntent hop, Failure cause, RuntimeException failure) {
        Failure second = Failure.of(failure, Step.ROLL_BACK);
        note(new JournalRecord.RollbackFailed(run.clock().instant(), hop.number(), cause, second));
        run.events().notRolledBack(second);
        return second;
    }

    /// The two releases may be run by different means, and either may be up.
    private void stopBoth(HopIntent hop) {
        if (run.home().has(hop.to())) {
            run.product(hop.to()).stop();
        }
        run.product(hop.from()).stop();
    }

    private void note(JournalRecord entry) {
        try {
            run.journal().append(entry);
        } catch (RuntimeException e) {
            System.getLogger(Rollback.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the way back goes on without its journal",
                            e);
        }
    }
}
