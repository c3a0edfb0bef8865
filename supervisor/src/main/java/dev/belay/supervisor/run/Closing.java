package dev.belay.supervisor.run;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.deployment.Reserve;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.supervisor.transaction.Returning;
import dev.belay.supervisor.transaction.Run;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends a run: puts the outcome into words, accounts for it, closes the journal.
final class Closing {
    private final Run run;
    private final Accounts accounts;
    private final Version from;
    private final RunKind kind;
    private final boolean resting;
    private final int unwritten;

    /// @param from the version before the run
    /// @param kind what the run is for, or that it is the end of one that was interrupted
    /// @param resting whether a person had stopped the product before the run
    Closing(Run run, Accounts accounts, Version from, RunKind kind, boolean resting) {
        this.run = run;
        this.accounts = accounts;
        this.from = from;
        this.kind = kind;
        this.resting = resting;
        this.unwritten = accounts.unwritten();
    }

    /// Whether a person had stopped the product before the run.
    boolean resting() {
        return resting;
    }

    /// All hops were committed.
    ///
    /// @param remark what else is to be said; empty if nothing
    Outcome updated(HopIntent last, String remark, Outcome.RunFigures figures) {
        String kept =
                last.kind() == RunKind.UPDATE
                        ? "" // the way back needs it where it is
                        : kept(
                                last.before(),
                                last.from(),
                                "in use until the " + last.kind().label() + " to " + last.to(),
                                "; to bring it back: supervisor backup restore %s --yes");
        String message =
                Sentences.join(last.to() + " is installed and healthy", remark, kept, stopped());
        end(last.kind(), last.to(), last.kind().done(), null, message);
        return switch (last.kind()) {
            case UPDATE, RECOVERY ->
                    new Outcome.Updated(run.id(), kind, from, last.to(), figures, message);
            case ROLLBACK, RETURN ->
                    new Outcome.WentBack(run.id(), kind, from, last.to(), figures, message);
            case RESTORE -> new Outcome.Restored(run.id(), kind, from, last.to(), figures, message);
        };
    }

    /// The last hop failed.
    ///
    /// @param second why putting it back failed too; empty if it was put back
    Outcome failed(
            HopIntent hop, Failure cause, Optional<Failure> second, Outcome.RunFigures figures) {
        return second.isEmpty()
                ? rolledBack(hop, cause, figures)
                : notRolledBack(hop, cause, second.get(), figures);
    }

    /// The last hop failed and was put back.
    Outcome rolledBack(HopIntent hop, Failure cause, Outcome.RunFigures figures) {
        return putBack(hop, cause, hop.from(), putAside(hop), figures);
    }

    /// A later hop failed, and the run went back to where it began.
    ///
    /// @param way the hop that led there
    Outcome returned(Returning returning, HopIntent way, Outcome.RunFigures figures) {
        String kept =
                Sentences.join(
                        putAside(returning.failed()),
                        kept(
                                way.before(),
                                way.from(),
                                "in use until the return to " + way.to() + ", " + run.id(),
                                "; to bring it back: supervisor backup restore %s --yes"));
        // what the hops between had in use is in the backups that were made before them
        returning.served().stream().skip(1).forEach(served -> discard(served.hop().before()));
        return putBack(returning.failed(), returning.cause(), way.to(), kept, figures);
    }

    /// A later hop failed, and the run has not gone back to where it began.
    ///
    /// @param way the hop that would have led there
    /// @param why why not, in words
    Outcome stayed(Returning returning, HopIntent way, String why, Outcome.RunFigures figures) {
        return putBack(
                returning.failed(),
                returning.cause(),
                way.from(),
                Sentences.join(
                        putAside(returning.failed()),
                        "It did not return to " + way.to() + ": " + why,
                        "To go back further, release by release: supervisor rollback --yes"),
                figures);
    }

    /// @param now the release that runs
    /// @param more what else to say
    private Outcome putBack(
            HopIntent hop, Failure cause, Version now, String more, Outcome.RunFigures figures) {
        accounts.failed(run.id(), hop, RunOutcome.ROLLED_BACK, cause, lastHop(figures));
        String message =
                Sentences.join(
                        moveFailed(hop, cause),
                        neverStopped(figures)
                                ? "Nothing had been changed, and the product was left alone: "
                                        + now
                                        + " is installed"
                                : "Everything was put back: "
                                        + now
                                        + (resting ? " is there" : " runs")
                                        + " again with its configuration and data as they were",
                        stopped(),
                        more);
        String next =
                cause.blamesRelease() && hop.kind() == RunKind.UPDATE
                        ? hop.to()
                                + " is not tried again until you say so: supervisor update"
                                + " --retry-rejected "
                                + hop.to()
                        : "Remove the cause and run the command again.";
        String help = cause.help() == null ? next : Sentences.join(cause.help(), next);
        end(hop.kind(), hop.to(), RunOutcome.ROLLED_BACK, cause.kind(), message);
        return new Outcome.RolledBack(
                run.id(),
                kind,
                from,
                now,
                hop.to(),
                figures,
                cause.kind(),
                message,
                help,
                cause.lines());
    }

    /// What the release that failed had in use; a way back leaves its trees where they are kept.
    private String putAside(HopIntent hop) {
        if (hop.failed().equals(hop.next())) {
            return "";
        }
        String kept =
                kept(
                        hop.failed(),
                        hop.to(),
                        "in use by " + hop.to() + " until it was put back, " + run.id(),
                        "");
        discard(hop.next()); // copies that never came into use
        return kept;
    }

    private void discard(String trees) {
        try {
            DurableFiles.deleteTree(run.home().root().resolve(trees));
        } catch (IOException e) {
            warn("copies that are not needed stay in " + trees, e);
        }
    }

    /// Takes what was in use among the backups, and says so. If that fails it stays where it is.
    ///
    /// @param next what else to say of the backup, with a place for its id
    private String kept(String trees, Version release, String reason, String next) {
        try {
            return run.backups()
                    .adopt(run.home().root().resolve(trees), release, reason)
                    .map(id ->
                            "What "
                                    + release
                                    + " had in use is kept as backup "
                                    + id
                                    + next.formatted(id))
                    .orElse("");
        } catch (RuntimeException e) {
            warn("it is not listed among the backups", e);
            return "What "
                    + release
                    + " had in use is kept in "
                    + trees.substring(0, trees.lastIndexOf('/'));
        }
    }

    private static void warn(String message, Exception cause) {
        System.getLogger(Closing.class.getName())
                .log(System.Logger.Level.WARNING, message + ": " + cause);
    }

    private static String moveFailed(HopIntent hop, Failure cause) {
        return "The move from " + hop.from() + " to " + hop.to() + " failed: " + cause.message();
    }

    /// Putting the last hop back failed too. The journal stays open.
    private Outcome notRolledBack(
            HopIntent hop, Failure cause, Failure second, Outcome.RunFigures figures) {
        accounts.failed(run.id(), hop, RunOutcome.NOT_ROLLED_BACK, cause, lastHop(figures));
        Outcome.NotRolledBack outcome = between(hop, cause, second, figures);
        tell(hop.kind(), hop.to(), RunOutcome.NOT_ROLLED_BACK, cause.kind(), outcome.message());
        return outcome;
    }

    /// The last hop failed and was not put back, because nobody has agreed to what that would lose.
    ///
    /// @param why why not, in words
    Outcome.NotRolledBack held(HopIntent hop, Failure cause, String why) {
        return new Outcome.NotRolledBack(
                run.id(),
                kind,
                from,
                hop.to(),
                Outcome.RunFigures.NONE,
                cause.kind(),
                Sentences.join(moveFailed(hop, cause), "It was not put back: " + why),
                why,
                "To go back to "
                        + hop.from()
                        + ": supervisor rollback --yes. What is in use now is set aside and kept."
                        + " To keep "
                        + hop.to()
                        + ": remove the cause, then supervisor start.",
                cause.lines());
    }

    /// The words for a home that a failed rollback left between two versions.
    Outcome.NotRolledBack between(
            HopIntent hop, Failure cause, Failure second, Outcome.RunFigures figures) {
        return new Outcome.NotRolledBack(
                run.id(),
                kind,
                from,
                hop.to(),
                figures,
                cause.kind(),
                Sentences.join(
                        moveFailed(hop, cause),
                        "Putting it back failed too: " + second.message(),
                        "Nothing was deleted; the original configuration and data are in config"
                                + " and data, or in "
                                + hop.before()),
                second.message(),
                "Remove the second cause, then run: supervisor rollback (it tries again). See also:"
                        + " supervisor backup list",
                second.lines().isEmpty() ? cause.lines() : second.lines());
    }

    /// The run ended before any hop began; nothing was changed.
    void abandoned(RunKind kind, Version to, Failure failure) {
        end(kind, to, RunOutcome.FAILED, failure.kind(), failure.message());
    }

    private void end(
            RunKind kind,
            Version to,
            RunOutcome outcome,
            @Nullable String failure,
            String message) {
        tell(kind, to, outcome, failure, message);
        if (resting) {
            rest();
        }
        if (accounts.unwritten() == unwritten) { // else the next command makes up for it
            close(outcome);
        }
        new Reserve(run.home()).keep();
        Housekeeping.after(run.home(), run.backups(), run.clock().instant());
    }

    private String stopped() {
        return resting ? "It is stopped, as it was before" : "";
    }

    /// It was started only to see that it is healthy.
    private void rest() {
        try {
            Product installed = run.product(run.home().requireInstalled());
            if (installed.status().running()) {
                installed.stop();
            }
        } catch (RuntimeException e) {
            warn("the product had been stopped before, and could not be stopped again", e);
        }
    }

    private void close(RunOutcome outcome) {
        try {
            run.journal().append(new JournalRecord.RunEnded(run.clock().instant(), outcome));
        } catch (RuntimeException e) {
            warn("the run is over, and the next one will close its journal", e);
        }
    }

    private void tell(
            RunKind kind,
            Version to,
            RunOutcome outcome,
            @Nullable String failure,
            String message) {
        accounts.ended(
                new HostStatus.LastRun(
                        run.id(),
                        kind,
                        run.clock().instant(),
                        from,
                        to,
                        outcome,
                        failure,
                        message));
        run.events().ended(outcome, message, failure);
    }

    private static boolean neverStopped(Outcome.RunFigures figures) {
        return !figures.hops().isEmpty() && figures.hops().getLast().downtime().isZero();
    }

    private static Duration lastHop(Outcome.RunFigures figures) {
        return figures.hops().isEmpty() ? Duration.ZERO : figures.hops().getLast().duration();
    }
}
