package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Stager;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.EventNames;
import dev.belay.supervisor.status.History;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Outbox;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.supervisor.words.Sentences;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.version.Version;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// [Updates] of a home on this host.
public final class HostUpdates implements Updates {
    private final HostParts parts;
    private final EventLog log;
    private final Offering offering;
    private final Accounts accounts;

    public HostUpdates(HostParts parts) {
        this.parts = parts;
        this.log = new EventLog(parts.home().own("events.jsonl"));
        this.offering = new Offering(parts, log);
        this.accounts =
                new Accounts(
                        parts.home(),
                        parts.settings().report(),
                        HostId.of(parts.home(), parts.settings()),
                        parts.settings().channel());
    }

    @Override
    public CheckResult check(UpdateRequest request) {
        Version installed = installed();
        PlanResult result = offering.ask(offering.read(), installed, request);
        sendReports();
        CheckResult answer =
                Answers.check(
                        installed, result, offering.rejected(), request.choices().confirmed());
        if (request.equals(UpdateRequest.latest())) {
            remember(answer);
        }
        return answer;
    }

    /// What was not known before is an event; the page and whoever reads the log learn of it.
    private void remember(CheckResult answer) {
        StatusFile status = new StatusFile(parts.home().own("status.json"));
        String available = answer.available().map(Version::text).orElse(null);
        Instant now = parts.clock().instant();
        if (available != null && !available.equals(status.read().available())) {
            log.append(
                    new Event(
                            now,
                            null,
                            EventNames.AVAILABLE,
                            0,
                            null,
                            null,
                            null,
                            answer.message(),
                            null));
        }
        status.checked(available, now);
    }

    @Override
    public Planned plan(UpdateRequest request) {
        return plan(
                request,
                (planning, installed, way) ->
                        planning.prepare(installed, way, history(), request.acceptMissing()));
    }

    @Override
    public Planned outline(UpdateRequest request) {
        return plan(
                request,
                (planning, installed, way) ->
                        way.hops().stream().allMatch(hop -> parts.home().has(hop.version()))
                                ? planning.prepare(
                                        installed, way, history(), request.acceptMissing())
                                : planning.outline(installed, way, history()));
    }

    private interface Plans {
        ChainPlan make(Planning planning, Version installed, Stretch way);
    }

    private Planned plan(UpdateRequest request, Plans plans) {
        try (HomeLock _ = HomeLock.takeBriefly(parts.home().own(), parts.command())) {
            requireNotInterrupted();
            Version installed = installed();
            Offer offer = offering.read();
            PlanResult result = offering.ask(offer, installed, request);
            Set<Version> confirmed = request.choices().confirmed();
            Optional<Planned> answer = Answers.withoutWay(installed, result, confirmed);
            if (answer.isPresent()) {
                return answer.get();
            }
            return new Planned.Ready(
                    plans.make(
                            planning(offer, events(newId(), EventListener.NONE)),
                            installed,
                            Stretch.of(result.hops(), confirmed)));
        }
    }

    /// Why the way of this host is what it is: the planner's answer to `request`, in words. Reads
    /// the repository and changes nothing.
    public PlanAnswer explain(UpdateRequest request) {
        Version installed = installed();
        List<RejectedRelease> rejected = offering.rejected();
        PlanAnswer answer =
                offering.read().explain(installed, request, rejected, parts.clock().instant());
        List<String> lines = new ArrayList<>(answer.lines());
        rejected.stream()
                .filter(r -> !request.retryRejected().contains(Version.of(r.version())))
                .map(r ->
                        r.version()
                                + " was rejected here at "
                                + Times.local(r.at())
                                + ": "
                                + Sentences.join(
                                        r.reason(),
                                        "To try it again: supervisor update --retry-rejected "
                                                + r.version()))
                .forEach(lines::add);
        return new PlanAnswer(answer.result(), lines);
    }

    @Override
    public Outcome update(UpdateRequest request, EventListener listener) {
        return exclusively(listener, id -> update(id, request, listener));
    }

    @Override
    public Outcome rollback(boolean acceptDataLoss, EventListener listener) {
        try (HomeLock _ = HomeLock.take(parts.home().own(), parts.command())) {
            Recoveries recoveries = recoveries(listener);
            if (recoveries.needPerson()) {
                return recoveries.run(true).orElseThrow();
            }
            recoveries.run(false);
            WayBack.Earlier earlier = WayBack.find(parts.home(), acceptDataLoss);
            return inRun(id -> {
                RunEvents events = events(id, listener);
                events.begun(earlier.hop().to(), earlier.hop().from(), "rollback on request");
                try (Journal journal = JournalFile.open(parts.home().own("journal"), id)) {
                    return WayBack.go(run(id, journal, events), accounts, earlier);
                } finally {
                    sendReports();
                }
            });
        }
    }

    /// Puts a backup, and the release it belongs to, in the place of what is in use.
    ///
    /// @param id see `supervisor backup list`
    public Outcome restore(String id, BackupRepository repository, EventListener listener) {
        return exclusively(
                listener,
                transaction -> {
                    Version from = installed();
                    Version to = Restoring.release(parts.home(), repository, id);
                    RunEvents events = events(transaction, listener);
                    events.begun(from.text(), to.text(), "restore of backup " + id);
                    try (Journal journal =
                            JournalFile.open(parts.home().own("journal"), transaction)) {
                        return new Restoring(
                                        run(transaction, journal, events), accounts, repository)
                                .restore(id, from, to);
                    }
                });
    }

    @Override
    public Optional<Outcome> recover(EventListener listener) {
        if (!recoveries(listener).needed()) {
            return Optional.empty(); // the common case takes no lock
        }
        try (HomeLock _ = HomeLock.take(parts.home().own(), parts.command())) {
            return recoveries(listener).run(false);
        }
    }

    @Override
    public HostStatus status() {
        return new StatusReader(parts).read();
    }

    @Override
    public List<HistoryEntry> history() {
        return History.of(log.read());
    }

    private Outcome update(String id, UpdateRequest request, EventListener listener) {
        Version installed = installed();
        Offer offer = offering.read();
        PlanResult result = offering.ask(offer, installed, request);
        Set<Version> confirmed = request.choices().confirmed();
        Optional<Planned> answer = Answers.withoutWay(installed, result, confirmed);
        if (answer.isPresent()) {
            return Answers.outcome(answer.get());
        }
        RunEvents events = events(id, listener);
        Stretch way = Stretch.of(result.hops(), confirmed);
        events.begun(
                installed.text(),
                way.hops().getLast().version().text(),
                parts.sources().offline().map(o -> "update from " + o.words()).orElse("update"));
        Staging staging = new Staging(parts.home(), parts.settings().product(), events);
        ChainPlan plan;
        try {
            plan =
                    new Planning(parts, offer, staging)
                            .prepare(installed, way, history(), request.acceptMissing());
        } catch (RuntimeException failure) {
            RuntimeException told = untouched(failure);
            Failure words = Failure.of(told, "");
            events.ended("failed", words.message(), words.kind());
            throw told;
        }
        try (Journal journal = JournalFile.open(parts.home().own("journal"), id)) {
            Outcome outcome =
                    new ChainRun(run(id, journal, events), parts, accounts)
                            .walk(plan, staging.downloaded());
            return plan.awaits().map(outcome::awaiting).orElse(outcome);
        } finally {
            sendReports();
        }
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

    private interface Work {
        Outcome in(String transaction);
    }

    /// Under the lock, after bringing an interrupted run to its end.
    private Outcome exclusively(EventListener listener, Work work) {
        try (HomeLock _ = HomeLock.take(parts.home().own(), parts.command())) {
            Optional<Outcome> recovered = recoveries(listener).run(false);
            if (recovered.orElse(null) instanceof Outcome.NotRolledBack stuck) {
                return stuck;
            }
            return inRun(work);
        }
    }

    private Outcome inRun(Work work) {
        String id = newId();
        return ScopedValue.where(TransactionId.CURRENT, id).call(() -> work.in(id));
    }

    void requireNotInterrupted() {
        if (recoveries(EventListener.NONE).needed()) {
            throw new RefusedException(
                    "run-interrupted",
                    "An earlier run on this home was interrupted and has to be brought to an end"
                            + " first. Nothing was changed.",
                    "Run supervisor update, or let the agent do it.");
        }
    }

    private Planning planning(Offer offer, RunEvents events) {
        return new Planning(
                parts, offer, new Staging(parts.home(), parts.settings().product(), events));
    }

    /// The installed release.
    ///
    /// @throws BelayException `nothing-installed`
    public Version installed() {
        return parts.home()
                .installed()
                .orElseThrow(() ->
                        new BelayException(
                                "nothing-installed",
                                "Nothing is installed in " + parts.home().root() + ".",
                                "Put a release there: supervisor install --help"));
    }

    private RunEvents events(String id, EventListener listener) {
        return new RunEvents(log, listener, parts.clock(), id);
    }

    private Run run(String id, Journal journal, RunEvents events) {
        return new Run(
                parts.home(), id, journal, events, parts.clock(), parts::product, parts.aborted());
    }

    private Recoveries recoveries(EventListener listener) {
        return new Recoveries(
                parts.home(),
                accounts,
                (id, journal) -> run(id, journal, events(id, listener)),
                () -> new Stager(parts.home()).clear());
    }

    private String newId() {
        return TransactionId.next(parts.clock().instant(), RandomGenerator.getDefault());
    }

    /// Reports are sent when the network allows; they never fail an update.
    private void sendReports() {
        try {
            new Outbox(parts.home().own("outbox")).flush(parts.sender());
        } catch (RuntimeException e) {
            System.getLogger(HostUpdates.class.getName())
                    .log(System.Logger.Level.DEBUG, "reports stay queued", e);
        }
    }
}
