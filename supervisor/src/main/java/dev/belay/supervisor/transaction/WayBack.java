package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way back to the release before, on request: its own config and data, kept since the switch,
/// return by rename; what is in use now is set aside and kept.
final class WayBack {
    private static final int NAMED = 3;
    private final Run run;
    private final Accounts accounts;
    private final HopIntent earlier;

    /// The committed hop that led to the installed release, and when.
    record Earlier(HopIntent hop, Instant committed) {}

    private WayBack(Run run, Accounts accounts, HopIntent earlier) {
        this.run = run;
        this.accounts = accounts;
        this.earlier = earlier;
    }

    /// Finds out whether there is a way back, before anything is changed.
    ///
    /// @throws RefusedException `nothing-to-roll-back`, or `data-would-be-lost` unless accepted
    static Earlier find(Home home, boolean acceptDataLoss) {
        Earlier earlier =
                last(home)
                        .orElseThrow(() ->
                                new RefusedException(
                                        "nothing-to-roll-back",
                                        "No earlier release with its configuration and data"
                                                + " is kept on this host. Nothing was"
                                                + " changed.",
                                        "Restore a backup instead: supervisor backup list"));
        List<String> written = new ArrayList<>();
        TreeSize.writtenAfter(home.data(), earlier.committed())
                .forEach(f -> written.add("data/" + f));
        TreeSize.writtenAfter(home.config(), earlier.committed())
                .forEach(f -> written.add("config/" + f));
        if (!written.isEmpty() && !acceptDataLoss) {
            throw new RefusedException(
                    "data-would-be-lost",
                    written.size()
                            + " file(s) were written since "
                            + earlier.hop().to()
                            + " took over, for example "
                            + String.join(", ", written.subList(0, Math.min(NAMED, written.size())))
                            + "; "
                            + earlier.hop().from()
                            + " would not have what is in them. Nothing was changed.",
                    "To go back all the same: supervisor rollback --yes. What is in use now is set"
                            + " aside and kept.");
        }
        return earlier;
    }

    private static Optional<Earlier> last(Home home) {
        Version installed = home.installed().orElse(null);
        for (String transaction : JournalFile.transactions(home.own("journal")).reversed()) {
            for (Earlier candidate :
                    committed(JournalFile.read(home.own("journal"), transaction)).reversed()) {
                HopIntent hop = candidate.hop();
                if (!hop.isBack()
                        && Version.of(hop.to()).equals(installed)
                        && home.has(Version.of(hop.from()))
                        && Files.isDirectory(home.root().resolve(hop.before()).resolve("data"))) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Earlier> committed(List<JournalRecord> records) {
        List<Earlier> hops = new ArrayList<>();
        Optional<HopIntent> hop = Optional.empty();
        for (JournalRecord entry : records) {
            if (entry instanceof JournalRecord.HopBegun begun) {
                hop = Optional.of(begun.hop());
            } else if (entry instanceof JournalRecord.Committed(Instant at, int _)) {
                hop.ifPresent(intent -> hops.add(new Earlier(intent, at)));
            }
        }
        return hops;
    }

    /// Goes it.
    static Outcome go(Run run, Accounts accounts, Earlier earlier) {
        return new WayBack(run, accounts, earlier.hop()).walk();
    }

    private Outcome walk() {
        Stopwatch whole = new Stopwatch();
        HopIntent back = HopIntent.back(run.id(), earlier);
        run.journal()
                .append(
                        new JournalRecord.RunBegun(
                                run.clock().instant(), run.id(), List.of(back.from(), back.to())));
        new Reserve(run.home().own()).take();
        Transaction.End end = new Transaction(run, new BackWork()).walk(back);
        Outcome.RunFigures figures =
                new Outcome.RunFigures(whole.elapsed(), 0, 0, List.of(end.figures()));
        Closing closing = new Closing(run, accounts);
        if (end.committed()) {
            rejectLeft();
            accounts.committed(run.id(), back, end.figures().duration());
            return closing.updated(back.from(), back.to(), figures);
        }
        Failure cause = end.failure().orElseThrow();
        return end.rollbackFailure().isEmpty()
                ? closing.rolledBack(back.from(), back, cause, figures)
                : closing.notRolledBack(
                        back.from(), back, cause, end.rollbackFailure().get(), figures);
    }

    /// Whoever goes back does not want to be led to the same release by the next update.
    private void rejectLeft() {
        new RejectedReleases(run.home().own("rejected.json"))
                .add(
                        new RejectedRelease(
                                earlier.to(),
                                earlier.digest(),
                                run.clock().instant(),
                                run.id(),
                                "rolled-back-on-request",
                                "It was rolled back on request."));
    }
}
