package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Home;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Restores a backup as one transaction: with the release it belongs to, or not at all.
final class Restoring {
    private final Run run;
    private final Accounts accounts;
    private final BackupRepository repository;

    Restoring(Run run, Accounts accounts, BackupRepository repository) {
        this.run = run;
        this.accounts = accounts;
        this.repository = repository;
    }

    /// The release that a backup belongs to.
    ///
    /// @throws RefusedException `no-such-backup`, or `backup-of-other-release` if that release is
    ///   no longer unpacked here
    static Version release(Home home, BackupRepository repository, String id) {
        try {
            Backup backup =
                    repository.list().stream()
                            .filter(b -> b.id().equals(id))
                            .findFirst()
                            .orElseThrow(() ->
                                    new RefusedException(
                                            "no-such-backup",
                                            "There is no backup " + id + ".",
                                            "See what there is: supervisor backup list"));
            Version release = Version.of(backup.release());
            if (!home.has(release) && !repository.holds(id, "program")) {
                throw new RefusedException(
                        "backup-of-other-release",
                        "The backup "
                                + id
                                + " is of "
                                + release
                                + ", which is no longer unpacked on this host, and holds its config,"
                                + " data and databases without the program. Nothing was changed.",
                        "Bring that release back first; its data does not fit another one.");
            }
            return release;
        } catch (IOException e) {
            throw new UncheckedIOException("the backups cannot be listed", e);
        }
    }

    Outcome restore(String id, Version from, Version to) {
        Stopwatch whole = new Stopwatch();
        HopIntent hop = HopIntent.forward(run.id(), 1, from.text(), to.text(), "");
        run.journal()
                .append(
                        new JournalRecord.RunBegun(
                                run.clock().instant(), run.id(), List.of(hop.from(), hop.to())));
        new Reserve(run.home().own()).take();
        RestoreWork work =
                new RestoreWork(
                        run.home(),
                        run.home().root().resolve(hop.next()),
                        to,
                        repository,
                        id,
                        run.events());
        Transaction.End end = new Transaction(run, work).walk(hop);
        Outcome.RunFigures figures =
                new Outcome.RunFigures(whole.elapsed(), 0, 0, List.of(end.figures()));
        Closing closing = new Closing(run, accounts);
        if (end.committed()) {
            return closing.updated(hop.from(), hop.to(), figures);
        }
        // the backup is to blame, not the release it belongs to
        Failure cause = end.failure().orElseThrow();
        Failure blameless = cause.at("restore");
        return end.rollbackFailure().isEmpty()
                ? closing.rolledBack(hop.from(), hop, blameless, figures)
                : closing.notRolledBack(
                        hop.from(), hop, blameless, end.rollbackFailure().get(), figures);
    }
}
