package dev.belay.supervisor.agent;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLockedException;
import dev.belay.supervisor.merge.ConfigChange;
import dev.belay.supervisor.offer.ChainHop;
import dev.belay.supervisor.offer.ChainPlan;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.Forecast;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.Updates;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.HostStatus.LastRun;
import dev.belay.supervisor.status.HostStatus.ServiceState;
import dev.belay.supervisor.status.HostStatus.State;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A host in memory that behaves like the real one as far as the agent can see: it walks chains hop
/// by hop, writes `events.jsonl`, remembers what failed. A test can hold it at a step and let it go
/// on.
final class SimulatedHost implements Updates, ProductStarter {
    static final List<Step> STEPS =
            List.of(
                    Step.STOP,
                    Step.BACK_UP,
                    Step.PROVE,
                    Step.SET_ASIDE,
                    Step.SWITCH,
                    Step.MIGRATE,
                    Step.START,
                    Step.HEALTH);

    private final EventLog events;
    private String installed = "9.0.117";
    private List<ChainHop> offered = List.of();
    private final List<RejectedRelease> rejected = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private @Nullable LastRun last;
    private State state = State.IDLE;
    private boolean running = true;
    private boolean stopped;
    private boolean updatedElsewhere;
    private boolean onProbation;
    private @Nullable String ill;
    private @Nullable Outcome toRecover;
    private @Nullable BelayException checkFailure;
    private @Nullable String failingVersion;
    private @Nullable Step heldStep;
    private CountDownLatch hold = new CountDownLatch(0);
    final List<String> failed = new CopyOnWriteArrayList<>();
    final AtomicInteger checks = new AtomicInteger();
    final AtomicInteger starts = new AtomicInteger();
    final AtomicInteger recoveries = new AtomicInteger();

    SimulatedHost(Home home) throws IOException {
        Files.createDirectories(home.own());
        this.events = new EventLog(home.events());
    }

    synchronized void offer(ChainHop... hops) {
        offered = List.of(hops);
    }

    synchronized void failAt(String version) {
        failingVersion = version;
    }

    /// The next update waits before this step of the first hop.
    synchronized void holdBefore(Step step) {
        heldStep = step;
        hold = new CountDownLatch(1);
    }

    synchronized void goOn() {
        hold.countDown();
    }

    synchronized void crash() {
        running = false;
    }

    synchronized void stopOnPurpose() {
        running = false;
        stopped = true;
    }

    @Override
    public synchronized boolean stoppedOnPurpose() {
        return stopped;
    }

    /// The last update was just now.
    synchronized void onProbation() {
        onProbation = true;
        last =
                new LastRun(
                        "t-1",
                        RunKind.UPDATE,
                        Instant.now(),
                        Version.of("9.0.116"),
                        Version.of(installed),
                        RunOutcome.UPDATED,
                        null,
                        installed + " is installed and healthy.");
    }

    synchronized void sicken(String why) {
        ill = why;
    }

    @Override
    public synchronized Optional<String> ill() {
        return Optional.ofNullable(ill);
    }

    @Override
    public synchronized Outcome failProbation(
            String transaction, String why, EventListener listener) {
        failed.add(transaction + ": " + why);
        onProbation = false;
        ill = null;
        installed = "9.0.116";
        running = true;
        return new Outcome.NothingToDo(Version.of(installed), "went back");
    }

    synchronized void failChecks(BelayException failure) {
        checkFailure = failure;
    }

    synchronized void elsewhere(boolean busy) {
        updatedElsewhere = busy;
    }

    synchronized void interruptedWith(Outcome outcome) {
        toRecover = outcome;
        state = State.INTERRUPTED;
    }

    static ChainHop hop(int number, String from, String to, String why, String notes) {
        return new ChainHop(
                number,
                Version.of(from),
                Version.of(to),
                why,
                notes,
                "shop/releases/" + to + "/shop.tgz",
                new Digest(Digest.Algorithm.SHA256, "ab".repeat(32)),
                14_600_000,
                31_000_000,
                List.of(
                        new ConfigChange(
                                "conf/server.xml",
                                List.of(
                                        "keeps your port 8081",
                                        "takes the new default maxParameterCount=\"1000\""),
                                number == 1
                                        ? List.of()
                                        : List.of(
                                                "Connector/@connectionTimeout: yours 5000 stays,"
                                                        + " the new default is 20000"))));
    }

    static ChainHop[] twoHops() {
        return new ChainHop[] {
            hop(
                    1,
                    "9.0.117",
                    "10.1.59",
                    "10.1.59 is a required stop: it rewrites javax to jakarta.",
                    "## Tomcat 10.1\n\nNow on **Jakarta EE 10**.\n\n- `javax.*` became `jakarta.*`"
                            + "\n- needs Java 11"),
            hop(
                    2,
                    "10.1.59",
                    "11.0.24",
                    "11.0.24 is the newest release of stable.",
                    "## Tomcat 11\n\nServlet 6.1 and faster start-up, see the"
                            + " [migration guide](https://example.org/migration).\n\n"
                            + "- virtual threads by default\n- *security*: two fixes\n\n"
                            + "```\ncatalina.sh version\n```")
        };
    }

    @Override
    public synchronized CheckResult check(UpdateRequest request) {
        checks.incrementAndGet();
        if (checkFailure != null) {
            throw checkFailure;
        }
        List<Version> chain = offered.stream().map(ChainHop::to).toList();
        return new CheckResult(
                Version.of(installed),
                chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast()),
                chain,
                offered.stream().map(ChainHop::notes).toList(),
                chain.isEmpty() ? "up-to-date" : "update-available",
                chain.isEmpty()
                        ? installed + " is the newest release of stable."
                        : chain.getLast() + " is available.",
                List.of());
    }

    @Override
    public Planned plan(UpdateRequest request, EventListener listener) {
        List<ChainHop> hops = offered();
        return hops.isEmpty()
                ? nothing()
                : new Planned.Ready(
                        new PreparedPlan(
                                "t-" + System.nanoTime(),
                                chain(true, hops),
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                0));
    }

    @Override
    public Planned outline(UpdateRequest request) {
        List<ChainHop> hops =
                offered().stream()
                        .map(h ->
                                new ChainHop(
                                        h.number(),
                                        h.from(),
                                        h.to(),
                                        h.why(),
                                        h.notes(),
                                        h.bundle(),
                                        h.digest(),
                                        h.bundleBytes(),
                                        h.unpackedBytes(),
                                        List.of()))
                        .toList();
        return hops.isEmpty() ? nothing() : new Planned.Outlined(chain(false, hops));
    }

    private synchronized List<ChainHop> offered() {
        return offered;
    }

    private synchronized Planned nothing() {
        return new Planned.NothingToDo(Version.of(installed), "Nothing newer.");
    }

    private synchronized ChainPlan chain(boolean compared, List<ChainHop> hops) {
        return new ChainPlan(
                "shop",
                "stable",
                Version.of(installed),
                hops,
                List.of(),
                Optional.empty(),
                ChainPolicy.STOP,
                new Forecast(
                        29_200_000,
                        100_000_000,
                        40_000_000,
                        40_000_000,
                        212_000_000,
                        18_400_000_000L,
                        Duration.ofSeconds(48),
                        Duration.ofSeconds(14),
                        "the sizes and one earlier hop on this host"),
                compared,
                List.of());
    }

    @Override
    public Outcome update(PreparedPlan plan, EventListener listener) {
        synchronized (this) {
            if (updatedElsewhere) {
                throw new HomeLockedException("process 1 (supervisor update)");
            }
            state = State.UPDATING;
        }
        return new SimulatedRun(this, plan.transaction(), plan.chain()).walk();
    }

    /// Waits here if the test wants it.
    void step(Step step, int hop) throws InterruptedException {
        CountDownLatch wait;
        synchronized (this) {
            if (step != heldStep || hop != 1) {
                return;
            }
            wait = hold;
        }
        wait.await();
    }

    synchronized boolean fails(String version) {
        return version.equals(failingVersion);
    }

    synchronized void ended(LastRun run, HistoryEntry entry, String now, boolean updated) {
        last = run;
        history.addFirst(entry);
        installed = now;
        state = State.IDLE;
        offered = List.of();
        if (!updated) {
            rejected.add(
                    new RejectedRelease(
                            run.to(),
                            Digest.parse("sha256:" + "ab".repeat(32)),
                            run.at(),
                            run.transaction(),
                            String.valueOf(run.kind()),
                            run.message()));
        }
    }

    void log(Event event) {
        events.append(event);
    }

    @Override
    public Outcome rollback(boolean acceptDataLoss, EventListener listener) {
        throw new UnsupportedOperationException("the agent never rolls back by itself");
    }

    @Override
    public synchronized Optional<Outcome> recover(EventListener listener) {
        recoveries.incrementAndGet();
        Optional<Outcome> outcome = Optional.ofNullable(toRecover);
        toRecover = null;
        state =
                outcome.orElse(null) instanceof Outcome.NotRolledBack
                        ? State.NEEDS_ATTENTION
                        : State.IDLE;
        outcome.ifPresent(o -> log(new Event.Recovered(Instant.now(), "t-0", o.message())));
        return outcome;
    }

    @Override
    public synchronized HostStatus status() {
        return new HostStatus(
                "shop",
                "stable",
                Version.of(installed),
                offered.isEmpty() ? null : offered.getLast().to(),
                Instant.now().minusSeconds(20).truncatedTo(java.time.temporal.ChronoUnit.MINUTES),
                updatedElsewhere ? State.UPDATING : state,
                last,
                onProbation ? Instant.now().plusSeconds(600) : null,
                rejected,
                null,
                new ServiceState(running, running ? "running" : "exited with status 1"),
                List.of());
    }

    @Override
    public synchronized List<HistoryEntry> history() {
        return List.copyOf(history);
    }

    @Override
    public synchronized void start() {
        if (updatedElsewhere) {
            throw new HomeLockedException("process 1 (supervisor update)");
        }
        starts.incrementAndGet();
        running = true;
        stopped = false;
    }
}
