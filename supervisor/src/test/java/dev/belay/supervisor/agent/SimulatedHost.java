package dev.belay.supervisor.agent;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventNames;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.HostStatus.LastRun;
import dev.belay.supervisor.status.HostStatus.ServiceState;
import dev.belay.supervisor.status.HostStatus.State;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.transaction.ChainPlan;
import dev.belay.supervisor.transaction.CheckResult;
import dev.belay.supervisor.transaction.Forecast;
import dev.belay.supervisor.transaction.HomeLockedException;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.Outcome;
import dev.belay.supervisor.transaction.Planned;
import dev.belay.supervisor.transaction.UpdateRequest;
import dev.belay.supervisor.transaction.Updates;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A host in memory that behaves like the real one as far as the agent can see: it walks chains hop
/// by hop, writes `events.jsonl`, remembers what failed. A test can hold it at a step and let it go
/// on.
final class SimulatedHost implements Updates, ProductStarter {
    static final List<String> STEPS =
            List.of(
                    "stop",
                    "back-up",
                    "prove",
                    "set-aside",
                    "switch",
                    "migrate",
                    "start",
                    "health",
                    "commit");

    private final Path events;
    private String installed = "9.0.117";
    private List<HopPlan> offered = List.of();
    private final List<RejectedRelease> rejected = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private @Nullable LastRun last;
    private State state = State.IDLE;
    private boolean running = true;
    private boolean stopped;
    private boolean updatedElsewhere;
    private @Nullable Outcome toRecover;
    private @Nullable BelayException checkFailure;
    private @Nullable String failingVersion;
    private @Nullable String heldStep;
    private CountDownLatch hold = new CountDownLatch(0);
    final AtomicInteger checks = new AtomicInteger();
    final AtomicInteger starts = new AtomicInteger();
    final AtomicInteger recoveries = new AtomicInteger();

    SimulatedHost(Path state) throws IOException {
        Files.createDirectories(state);
        this.events = state.resolve("events.jsonl");
    }

    synchronized void offer(HopPlan... hops) {
        offered = List.of(hops);
    }

    synchronized void failAt(String version) {
        failingVersion = version;
    }

    /// The next update waits before this step of the first hop.
    synchronized void holdBefore(String step) {
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

    static HopPlan hop(int number, String from, String to, String why, String notes) {
        return new HopPlan(
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
                        new HopPlan.ConfigChange(
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

    static HopPlan[] twoHops() {
        return new HopPlan[] {
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
        List<Version> chain = offered.stream().map(HopPlan::to).toList();
        return new CheckResult(
                Version.of(installed),
                chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast()),
                chain,
                offered.stream().map(HopPlan::notes).toList(),
                chain.isEmpty() ? "up-to-date" : "update-available",
                chain.isEmpty()
                        ? installed + " is the newest release of stable."
                        : chain.getLast() + " is available.");
    }

    @Override
    public Planned plan(UpdateRequest request) {
        return planned(true, offered());
    }

    @Override
    public Planned outline(UpdateRequest request) {
        return planned(
                false,
                offered().stream()
                        .map(h ->
                                new HopPlan(
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
                        .toList());
    }

    private synchronized List<HopPlan> offered() {
        return offered;
    }

    private synchronized Planned planned(boolean compared, List<HopPlan> offered) {
        if (offered.isEmpty()) {
            return new Planned.NothingToDo(Version.of(installed), "Nothing newer.");
        }
        return new Planned.Ready(
                new ChainPlan(
                        "shop",
                        "stable",
                        Version.of(installed),
                        offered,
                        List.of(),
                        Optional.empty(),
                        new Forecast(
                                29_200_000,
                                212_000_000,
                                18_400_000_000L,
                                Duration.ofSeconds(48),
                                Duration.ofSeconds(14),
                                "the sizes and one earlier hop on this host"),
                        compared));
    }

    @Override
    public Outcome update(UpdateRequest request, EventListener listener) {
        String from;
        List<HopPlan> hops;
        synchronized (this) {
            if (updatedElsewhere) {
                throw new HomeLockedException("process 1 (supervisor update)");
            }
            from = installed;
            hops = offered;
            if (hops.isEmpty()) {
                return new Outcome.NothingToDo(Version.of(installed), "Nothing newer.");
            }
            state = State.UPDATING;
        }
        return new SimulatedRun(this, "t-" + System.nanoTime(), from, hops).walk();
    }

    /// Waits here if the test wants it.
    void step(String name, int hop) throws InterruptedException {
        CountDownLatch wait;
        synchronized (this) {
            if (!name.equals(heldStep) || hop != 1) {
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
                            "sha256:" + "ab".repeat(32),
                            run.at(),
                            run.transaction(),
                            String.valueOf(run.kind()),
                            run.message()));
        }
    }

    synchronized void log(
            String transaction,
            String event,
            int hop,
            @Nullable String step,
            @Nullable Long done,
            @Nullable Long total,
            String message,
            @Nullable String kind) {
        Event line =
                new Event(Instant.now(), transaction, event, hop, step, done, total, message, kind);
        try {
            Files.writeString(
                    events,
                    JsonMapper.shared().writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        outcome.ifPresent(
                o -> log("t-0", EventNames.RECOVERED, 0, null, null, null, o.message(), null));
        return outcome;
    }

    @Override
    public synchronized HostStatus status() {
        return new HostStatus(
                "shop",
                "stable",
                installed,
                offered.isEmpty() ? null : offered.getLast().to().text(),
                Instant.now().minusSeconds(20).truncatedTo(java.time.temporal.ChronoUnit.MINUTES),
                updatedElsewhere ? State.UPDATING : state,
                last,
                rejected,
                new ServiceState(running, running ? "running" : "exited with status 1"));
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
