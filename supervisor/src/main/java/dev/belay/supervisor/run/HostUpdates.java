package dev.belay.supervisor.run;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.HostId;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.offer.ChainHop;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.Look;
import dev.belay.supervisor.offer.Offering;
import dev.belay.supervisor.offer.PlanAnswer;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.Preflight;
import dev.belay.supervisor.offer.Preparation;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.offer.ReleaseSource;
import dev.belay.supervisor.offer.StopSignal;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.History;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Outbox;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.version.Version;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// [Updates] of a home on this host.
public final class HostUpdates implements Updates {
    private final HostParts parts;
    private final Home home;
    private final EventLog log;
    private final Offering offering;
    private final Accounts accounts;
    private final Runs runs;

    public HostUpdates(HostParts parts) {
        this.parts = parts;
        this.home = parts.home();
        this.log = new EventLog(home.events());
        this.offering = new Offering(parts, log);
        this.accounts =
                new Accounts(
                        home,
                        parts.clock(),
                        parts.settings().report(),
                        HostId.of(home, parts.settings().hostId()),
                        parts.settings().channel());
        this.runs = new Runs(parts, log, accounts);
    }

    @Override
    public CheckResult check(UpdateRequest request) {
        CheckResult answer = look(request).check();
        sendReports();
        if (request.equals(UpdateRequest.latest())) {
            remember(answer);
        }
        return answer;
    }

    /// What is to be known of the channel stays known.
    private Look look(UpdateRequest request) {
        Look look = offering.look(request);
        accounts.warned(look.offer().warnings());
        return look;
    }

    /// What was not known before is an event; the page and whoever reads the log learn of it.
    private void remember(CheckResult answer) {
        StatusFile status = new StatusFile(home.status());
        Version available = answer.available().orElse(null);
        Instant now = parts.clock().instant();
        if (available != null && !available.equals(status.read().available())) {
            log.append(new Event.Available(now, available, answer.message()));
        }
        status.checked(available, now);
    }

    /// Why the way of this host is what it is: the planner's answer to `request`, in words. Reads
    /// the repository and changes nothing.
    public PlanAnswer explain(UpdateRequest request) {
        return offering.explain(request);
    }

    @Override
    public Planned outline(UpdateRequest request) {
        Look look = offering.look(request);
        return look.withoutWay()
                .orElseGet(() ->
                        new Planned.Outlined(
                                new Preparation(
                                                parts,
                                                look,
                                                request.choices(),
                                                runs.events("", EventListener.NONE))
                                        .outline(history())));
    }

    @Override
    public Planned plan(UpdateRequest request, EventListener listener) {
        return parts.aborted().preparing(() -> planned(request, listener));
    }

    private Planned planned(UpdateRequest request, EventListener listener) {
        requireNotInterrupted();
        Look look = look(request);
        Optional<Planned> none = look.withoutWay();
        if (none.isPresent()) {
            return none.get();
        }
        String id = runs.newId();
        RunEvents events = runs.events(id, listener);
        begun(events, look.installed(), look.way().hops().getLast().version());
        try {
            return Runs.in(id, () -> new Planned.Ready(prepare(id, look, request, events)));
        } catch (RuntimeException failure) {
            RuntimeException told =
                    parts.aborted().getAsBoolean()
                            ? StopSignal.notBegun(failure)
                            : untouched(failure);
            Failure words = Failure.of(told, null);
            events.ended(RunOutcome.FAILED, words.message(), words.kind());
            throw told;
        }
    }

    private PreparedPlan prepare(String id, Look look, UpdateRequest request, RunEvents events) {
        try (HomeLock _ = HomeLock.takeStaging(home, parts.command())) {
            return new Preparation(parts, look, request.choices(), events)
                    .prepare(id, history(), request.acceptMissing(), this::still);
        }
    }

    private <T> T still(Supplier<T> work) {
        try (HomeLock _ = HomeLock.takeBriefly(home, parts.command())) {
            requireNotInterrupted();
            return work.get();
        }
    }

    private void begun(RunEvents events, Version from, Version to) {
        events.begun(
                RunKind.UPDATE,
                from,
                to,
                parts.sources().offline().map(o -> "update from " + o.words()).orElse("update"));
    }

    @Override
    public Outcome update(PreparedPlan plan, EventListener listener) {
        return reported(() -> exclusively(listener, () -> walk(plan, listener)));
    }

    private Outcome walk(PreparedPlan plan, EventListener listener) {
        List<String> changes = plan.outdated(home);
        if (!changes.isEmpty()) {
            return new Outcome.PlanChanged(changes);
        }
        List<ChainHop> hops = plan.chain().hops();
        if (parts.aborted().getAsBoolean()) {
            throw StopSignal.notBegun(null);
        }
        Preflight.requireSpace(home, 2L * hops.size() * TreeSize.live(home).bytes());
        boolean again = JournalFile.transactions(home.journal()).contains(plan.transaction());
        String id = again ? runs.newId() : plan.transaction();
        if (again) { // a plan that failed for no fault of its own
            begun(runs.events(id, listener), plan.chain().from(), plan.chain().target());
        }
        return update(id, plan, listener);
    }

    private Outcome update(String id, PreparedPlan plan, EventListener listener) {
        String source = parts.sources().offline().map(ReleaseSource.Offline::words).orElse(null);
        Outcome outcome =
                runs.in(
                        id,
                        listener,
                        run ->
                                new ChainRun(
                                                run,
                                                accounts,
                                                plan.chain().onFailure(),
                                                parts.settings().rollback())
                                        .walk(
                                                RunKind.UPDATE,
                                                hops(id, plan),
                                                source,
                                                plan.downloadedBytes()));
        if (outcome instanceof Outcome.Updated) {
            Housekeeping.afterUpdate(parts, id, plan);
        }
        return plan.chain().awaits().map(outcome::awaiting).orElse(outcome);
    }

    /// What a prepared plan has the engine walk.
    static List<HopPlan> hops(String id, PreparedPlan plan) {
        List<HopPlan> hops = new ArrayList<>();
        for (ChainHop hop : plan.chain().hops()) {
            hops.add(
                    new HopPlan.Forward(
                            HopIntent.update(id, hop.number(), hop.from(), hop.to(), hop.digest()),
                            plan.configs().get(hop.number() - 1),
                            hop.number() == 1 ? plan.chain().localChanges() : List.of()));
        }
        return hops;
    }

    @Override
    public Outcome rollback(boolean acceptDataLoss, EventListener listener) {
        return reported(() -> {
            try (HomeLock _ = HomeLock.take(home, parts.command())) {
                return new GoingBack(parts, runs, accounts)
                        .toTheReleaseBefore(acceptDataLoss, "on request", listener);
            }
        });
    }

    @Override
    public Outcome failProbation(String transaction, String why, EventListener listener) {
        return parts.aborted()
                .changing(() ->
                        exclusively(
                                listener,
                                () ->
                                        new Probation(parts, runs, accounts)
                                                .fail(transaction, why, listener)));
    }

    /// Puts a backup, and the release it belongs to, in the place of what is in use.
    ///
    /// @param backup see `supervisor backup list`
    public Outcome restore(String backup, EventListener listener) {
        return parts.aborted()
                .changing(() ->
                        exclusively(
                                listener,
                                () ->
                                        new GoingBack(parts, runs, accounts)
                                                .toBackup(backup, listener)));
    }

    @Override
    public Optional<Outcome> recover(EventListener listener) {
        return recover(InterruptedRuns.Consent.AS_SETTINGS_SAY, listener);
    }

    /// As above for somebody who agrees to putting back what cannot be finished, whatever that
    /// loses, and who has removed the cause of a rollback that failed.
    public Optional<Outcome> recoverWhateverItTakes(EventListener listener) {
        return recover(InterruptedRuns.Consent.WHATEVER_IT_TAKES, listener);
    }

    private Optional<Outcome> recover(InterruptedRuns.Consent consent, EventListener listener) {
        if (Unfinished.actions(home).isEmpty()) {
            return Optional.empty(); // the common case takes no lock
        }
        return parts.aborted()
                .changing(() -> {
                    try (HomeLock _ = HomeLock.take(home, parts.command())) {
                        return runs.interrupted(listener).end(consent);
                    }
                });
    }

    /// @throws RefusedException `run-interrupted`
    public void requireNotInterrupted() {
        Unfinished.requireNone(home);
    }

    /// Which run was interrupted and what happens next, in words. Reads nothing but journals and
    /// what was written since.
    public Optional<String> unfinished() {
        return StatusReader.unfinished(home, HomeLock.held(home), Unfinished.actions(home));
    }

    @Override
    public HostStatus status() {
        return new StatusReader(parts).read();
    }

    @Override
    public List<HistoryEntry> history() {
        return History.of(log.read());
    }

    /// What fails before the first hop leaves the product alone, and says so.
    private static RuntimeException untouched(RuntimeException failure) {
        if (!(failure instanceof UncheckedIOException io)) {
            return failure;
        }
        BelayException words = IoFailures.of(io);
        return new BelayException(
                words.kind(),
                Sentences.join(
                        String.valueOf(words.getMessage()), "The product was left as it was"),
                words.help(),
                io);
    }

    /// Under the lock, after bringing an interrupted run to its end.
    private Outcome exclusively(EventListener listener, Supplier<Outcome> work) {
        try (HomeLock _ = HomeLock.take(home, parts.command())) {
            return runs.interrupted(listener)
                                    .end(InterruptedRuns.Consent.AS_SETTINGS_SAY)
                                    .orElse(null)
                            instanceof Outcome.NotRolledBack stuck
                    ? stuck
                    : work.get();
        }
    }

    /// What changes the home, and the report of it.
    private Outcome reported(Supplier<Outcome> work) {
        return parts.aborted()
                .changing(() -> {
                    Outcome outcome = work.get();
                    sendReports();
                    return outcome;
                });
    }

    /// Reports are sent when the network allows; they never fail an update, and the home is not
    /// held meanwhile.
    private void sendReports() {
        try {
            new Outbox(home.outbox()).flush(parts.sender());
        } catch (RuntimeException e) {
            System.getLogger(HostUpdates.class.getName())
                    .log(System.Logger.Level.DEBUG, "reports stay queued", e);
        }
    }
}
