package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.Retention;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Walks a chain hop by hop. A hop that fails is put back and ends the run; the hops before it stay
/// (policy `keep-last-good`).
final class ChainRun {
    private final Run run;
    private final HostParts parts;
    private final Accounts accounts;
    private final Stopwatch whole = new Stopwatch();
    private final List<Outcome.HopFigures> hops = new ArrayList<>();
    private long backupBytes;

    ChainRun(Run run, HostParts parts, Accounts accounts) {
        this.run = run;
        this.parts = parts;
        this.accounts = accounts;
    }

    /// @param downloaded bytes that were fetched for it, for the figures
    Outcome walk(ChainPlan plan, long downloaded) {
        String from = plan.from().text();
        run.journal()
                .append(
                        new JournalRecord.RunBegun(
                                run.clock().instant(),
                                run.id(),
                                chain(plan),
                                ReleaseSource.words(parts.sources())));
        new Reserve(run.home().own()).take();
        for (HopPlan hop : plan.hops()) {
            HopIntent intent =
                    HopIntent.forward(
                            run.id(),
                            hop.number(),
                            hop.from().text(),
                            hop.to().text(),
                            hop.digest().toString());
            Transaction.End end = walk(intent, hop.number() == 1 ? plan.localChanges() : List.of());
            hops.add(end.figures());
            Closing closing = new Closing(run, accounts);
            if (end.failure().isPresent()) {
                return end.rollbackFailure().isEmpty()
                        ? closing.rolledBack(from, intent, end.failure().get(), figures(downloaded))
                        : closing.notRolledBack(
                                from,
                                intent,
                                end.failure().get(),
                                end.rollbackFailure().get(),
                                figures(downloaded));
            }
            accounts.committed(run.id(), intent, end.figures().duration());
        }
        Outcome outcome =
                new Closing(run, accounts).updated(from, plan.target().text(), figures(downloaded));
        tidy(plan);
        return outcome;
    }

    /// @param known program files of the release before that are not as shipped
    private Transaction.End walk(HopIntent intent, List<String> known) {
        ForwardWork work =
                new ForwardWork(
                        run,
                        intent,
                        parts.backups(),
                        new ConfigMerge(parts.merger()),
                        Planning.live(run.home()).bytes(),
                        known);
        Transaction.End end = new Transaction(run, work).walk(intent);
        backupBytes += work.backupBytes();
        return end;
    }

    private Outcome.RunFigures figures(long downloaded) {
        return new Outcome.RunFigures(whole.elapsed(), downloaded, backupBytes, hops);
    }

    private static List<String> chain(ChainPlan plan) {
        List<String> chain = new ArrayList<>();
        chain.add(plan.from().text());
        plan.hops().forEach(hop -> chain.add(hop.to().text()));
        return chain;
    }

    /// After success only: what this run set aside and the releases it came through stay, older
    /// ones go. A failure here is no failure of the update.
    private void tidy(ChainPlan plan) {
        try {
            Set<Version> releases = new HashSet<>();
            releases.add(plan.from());
            plan.hops().forEach(hop -> releases.add(hop.to()));
            Retention retention = new Retention(run.home());
            retention.keepReleases(releases);
            retention.keepAside(Set.of(run.id()));
            retention.emptyCache();
            parts.backups().prune();
        } catch (RuntimeException e) {
            System.getLogger(ChainRun.class.getName())
                    .log(System.Logger.Level.WARNING, "not everything could be tidied up", e);
        }
    }
}
