package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.transaction.Journal;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.Run;
import dev.belay.supervisor.transaction.RunEvents;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Opens the runs of a home: those that begin, and those that are taken up again.
final class Runs {
    private final HostParts parts;
    private final Home home;
    private final EventLog log;
    private final Accounts accounts;

    Runs(HostParts parts, EventLog log, Accounts accounts) {
        this.parts = parts;
        this.home = parts.home();
        this.log = log;
        this.accounts = accounts;
    }

    String newId() {
        return TransactionId.next(parts.clock().instant(), RandomGenerator.getDefault());
    }

    /// What a run tells.
    ///
    /// @param id of the run; empty for what belongs to none
    RunEvents events(String id, EventListener listener) {
        return new RunEvents(log, listener, parts.clock(), id);
    }

    /// Work with the journal of a run open.
    Outcome in(String id, EventListener listener, Function<Run, Outcome> work) {
        return in(
                id,
                () -> {
                    try (Journal journal = JournalFile.open(home.journal(), id)) {
                        return work.apply(run(id, journal, listener));
                    }
                });
    }

    /// Work that belongs to a run.
    static <T> T in(String id, Supplier<T> work) {
        return ScopedValue.where(TransactionId.CURRENT, id).call(work::get);
    }

    /// Those that did not come to their end. The caller holds the home's lock.
    InterruptedRuns interrupted(EventListener listener) {
        return new InterruptedRuns(
                home,
                parts.command(),
                accounts,
                parts.settings().rollback(),
                (id, journal) -> run(id, journal, listener));
    }

    private Run run(String id, Journal journal, EventListener listener) {
        return new Run(
                home,
                id,
                journal,
                events(id, listener),
                parts.clock(),
                parts.backups(),
                parts::product,
                parts.aborted());
    }
}
