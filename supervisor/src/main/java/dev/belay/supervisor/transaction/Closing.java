package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;

/// Ends a run: puts the outcome into words, accounts for it, closes the journal.
final class Closing {
    private final Run run;
    private final Accounts accounts;

    Closing(Run run, Accounts accounts) {
        this.run = run;
        this.accounts = accounts;
    }

    /// All hops were committed.
    Outcome updated(String from, String to, Outcome.RunFigures figures) {
        String message = to + " is installed and healthy.";
        end(from, to, "updated", null, message);
        return new Outcome.Updated(run.id(), Version.of(from), Version.of(to), figures, message);
    }

    /// The last hop failed and was put back.
    ///
    /// @param from the version before the run
    Outcome rolledBack(String from, HopIntent hop, Failure cause, Outcome.RunFigures figures) {
        accounts.failed(run.id(), hop, "rolled-back", cause, lastHop(figures), now());
        String message =
                Sentences.join(
                        moveFailed(hop, cause),
                        "Everything was put back: "
                                + hop.from()
                                + " runs again with its configuration and data as they were");
        String next =
                cause.blamesRelease() && !hop.isBack()
                        ? hop.to()
                                + " is not tried again until you say so: supervisor update"
                                + " --retry-rejected "
                                + hop.to()
                        : "Remove the cause and run the command again.";
        String help = cause.help() == null ? next : Sentences.join(cause.help(), next);
        end(from, hop.to(), "rolled-back", cause.kind(), message);
        return new Outcome.RolledBack(
                run.id(),
                Version.of(from),
                Version.of(hop.from()),
                Version.of(hop.to()),
                figures,
                cause.kind(),
                message,
                help,
                cause.lines());
    }

    private static String moveFailed(HopIntent hop, Failure cause) {
        return "The move from " + hop.from() + " to " + hop.to() + " failed: " + cause.message();
    }

    /// The last hop failed, and putting it back failed too. The journal stays open.
    Outcome notRolledBack(
            String from, HopIntent hop, Failure cause, Failure second, Outcome.RunFigures figures) {
        accounts.failed(run.id(), hop, "not-rolled-back", cause, lastHop(figures), now());
        Outcome.NotRolledBack outcome = between(run.id(), from, hop, cause, second, figures);
        String message = outcome.message();
        accounts.ended(
                new HostStatus.LastRun(
                        run.id(), now(), from, hop.to(), "not-rolled-back", cause.kind(), message));
        run.events().ended("not-rolled-back", message, cause.kind());
        return outcome;
    }

    /// The words for a home that a failed rollback left between two versions.
    static Outcome.NotRolledBack between(
            String transaction,
            String from,
            HopIntent hop,
            Failure cause,
            Failure second,
            Outcome.RunFigures figures) {
        return new Outcome.NotRolledBack(
                transaction,
                Version.of(from),
                Version.of(hop.to()),
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
    void abandoned(String from, String to, Failure failure) {
        end(from, to, "failed", failure.kind(), failure.message());
    }

    private void end(
            String from,
            String to,
            String outcome,
            @org.jspecify.annotations.Nullable String kind,
            String message) {
        accounts.ended(new HostStatus.LastRun(run.id(), now(), from, to, outcome, kind, message));
        run.events().ended(outcome, message, kind);
        run.journal().append(new JournalRecord.RunEnded(now(), outcome));
        new Reserve(run.home().own()).free();
    }

    private Instant now() {
        return run.clock().instant();
    }

    private static Duration lastHop(Outcome.RunFigures figures) {
        return figures.hops().isEmpty() ? Duration.ZERO : figures.hops().getLast().duration();
    }
}
