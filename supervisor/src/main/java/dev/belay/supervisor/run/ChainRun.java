package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Reserve;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.settings.RollbackPolicy;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.supervisor.transaction.Returning;
import dev.belay.supervisor.transaction.Rollback;
import dev.belay.supervisor.transaction.Run;
import dev.belay.supervisor.transaction.Stopwatch;
import dev.belay.supervisor.transaction.Transaction;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Walks hops one after the other, from the first record of the journal to the last. A hop that
/// fails is put back and ends the run; the hops before it stay, or the run returns to where it
/// began, as the policy says.
final class ChainRun {
    private final Run run;
    private final Accounts accounts;
    private final ChainPolicy onFailure;
    private final RollbackPolicy rollback;
    private final Stopwatch whole = new Stopwatch();
    private final List<Outcome.HopFigures> walked = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long backupBytes;

    /// @param onFailure where it ends if a later hop fails
    /// @param rollback what may be put back without a person that has served
    ChainRun(Run run, Accounts accounts, ChainPolicy onFailure, RollbackPolicy rollback) {
        this.run = run;
        this.accounts = accounts;
        this.onFailure = onFailure;
        this.rollback = rollback;
    }

    /// @param hops at least one
    /// @param source where the releases come from, if not from the vendor's server; see
    ///   [JournalRecord.RunBegun]
    /// @param downloaded bytes that were fetched for it, for the figures
    Outcome walk(RunKind kind, List<HopPlan> hops, @Nullable String source, long downloaded) {
        List<Version> chain = new ArrayList<>();
        chain.add(hops.getFirst().intent().from());
        hops.forEach(hop -> chain.add(hop.intent().to()));
        if (kind != RunKind.ROLLBACK) { // which moves no bytes, and must work on a full disk
            new Reserve(run.home()).take();
        }
        boolean resting = run.product(chain.getFirst()).status().stoppedOnPurpose();
        run.journal()
                .append(
                        new JournalRecord.RunBegun(
                                run.clock().instant(),
                                run.id(),
                                kind,
                                chain,
                                onFailure,
                                source,
                                resting));
        Closing closing = new Closing(run, accounts, chain.getFirst(), kind, resting);
        for (HopPlan hop : hops) {
            HopIntent intent = hop.intent();
            Transaction.End end = new Transaction(run).walk(hop);
            backupBytes += end.backupBytes();
            walked.add(
                    new Outcome.HopFigures(
                            intent.from(), intent.to(), end.duration(), end.downtime()));
            if (end.failure().isPresent()) {
                Optional<Returning> returning =
                        end.rollbackFailure().isEmpty()
                                ? new Rollback(run).leadsOn(intent)
                                : Optional.empty();
                return returning.isPresent()
                        ? new ChainReturn(run, accounts, closing)
                                .walk(returning.get(), rollback::against, figures(downloaded))
                        : closing.failed(
                                intent,
                                end.failure().get(),
                                end.rollbackFailure(),
                                figures(downloaded));
            }
            remarks.add(end.remark());
            accounts.committed(run.id(), intent, end.duration());
        }
        return closing.updated(
                hops.getLast().intent(), String.join(" ", remarks).strip(), figures(downloaded));
    }

    private Outcome.RunFigures figures(long downloaded) {
        return new Outcome.RunFigures(whole.elapsed(), downloaded, backupBytes, walked);
    }
}
