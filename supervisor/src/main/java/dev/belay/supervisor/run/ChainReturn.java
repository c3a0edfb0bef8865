package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.Returning;
import dev.belay.supervisor.transaction.Rollback;
import dev.belay.supervisor.transaction.Run;
import dev.belay.supervisor.transaction.Transaction;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Takes a chain of which a later hop failed back to the release that it began with, with its
/// configuration and data as they were before the first hop.
final class ChainReturn {
    private final Run run;
    private final Accounts accounts;
    private final Closing closing;

    ChainReturn(Run run, Accounts accounts, Closing closing) {
        this.run = run;
        this.accounts = accounts;
        this.closing = closing;
    }

    /// Goes back, unless a person has to agree to that.
    ///
    /// @param against says why a person has to decide, if what is given would be lost; empty if
    ///   none has to
    /// @param before the figures of the run so far
    Outcome walk(
            Returning returning,
            Function<Supplier<Optional<String>>, Optional<String>> against,
            Outcome.RunFigures before) {
        HopPlan plan = returning.plan(run.id());
        HopIntent way = plan.intent();
        Optional<String> held = against.apply(() -> loss(run.home(), returning));
        if (held.isPresent()) {
            return stay(returning, way, held.get(), before);
        }
        Transaction.End end;
        try {
            end = new Transaction(run.unstoppable()).walk(plan);
        } catch (UncheckedIOException journal) { // a hop that cannot be announced is not begun
            return stay(returning, way, Failure.of(journal, null).message(), before);
        }
        Outcome.RunFigures figures =
                before.with(
                        new Outcome.HopFigures(
                                way.from(), way.to(), end.duration(), end.downtime()));
        if (end.failure().isEmpty()) {
            return returned(returning, way, end.duration(), figures);
        }
        Failure why = end.failure().get();
        return end.rollbackFailure().isPresent()
                ? closing.failed(way, why, end.rollbackFailure(), figures)
                : closing.stayed(returning, way, why.message(), figures);
    }

    /// The release that was not started, because it was to be left at once, runs again.
    private Outcome stay(
            Returning returning, HopIntent way, String why, Outcome.RunFigures figures) {
        Optional<Failure> second = new Rollback(run).stay(returning.failed(), returning.cause());
        return second.isEmpty()
                ? closing.stayed(returning, way, why, figures)
                : closing.failed(returning.failed(), returning.cause(), second, figures);
    }

    /// The hop that leads back was committed.
    Outcome returned(
            Returning returning, HopIntent way, Duration took, Outcome.RunFigures figures) {
        accounts.committed(run.id(), way, took);
        return closing.returned(returning, way, figures);
    }

    /// What the releases of the chain took while they served, each until it was stopped: the trees
    /// of all but the last were set aside by the hop after them.
    private static Optional<String> loss(Home home, Returning returning) {
        List<Returning.Served> served = returning.served();
        for (int i = 0; i < served.size(); i++) {
            Path trees =
                    i == served.size() - 1
                            ? home.root()
                            : home.root().resolve(served.get(i + 1).hop().before());
            Optional<WrittenSince> written = WrittenSince.find(trees, served.get(i).since());
            if (written.isPresent()) {
                return written.map(w -> w.words(served.getFirst().hop().from()));
            }
        }
        return Optional.empty();
    }
}
