package dev.belay.supervisor.agent;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.agent.push.PushSubscription;
import dev.belay.supervisor.agent.web.AdminServer;
import dev.belay.supervisor.agent.web.ListenAddress;
import dev.belay.supervisor.agent.web.SecretStore;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.run.Updates;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The resident daemon of a host: keeps the product running, learns of releases, serves the admin
/// page, runs the updates that are started there. It installs nothing that nobody asked for.
///
/// `close` waits for an update that this agent runs; the product goes on running. Thread-safe.
public final class Agent implements AutoCloseable {
    private static final Duration SESSION = Duration.ofHours(12);

    private final AgentSettings settings;
    private final AgentLog log;
    private final AgentLock lock;
    private final AgentMachine machine;
    private final ProductWatch product;
    private final NewsWatch news;
    private final UpdateRunner runner;
    private final AdminServer server;
    private final Optional<PushSubscription> push;
    private final Thread productThread;
    private final Thread newsThread;

    /// The agent of a home.
    ///
    /// @param parts the home and what works on it; its `aborted` should say when the process is
    ///   asked to stop
    /// @param out where the log goes
    /// @throws BelayException `agent-running` if the home has an agent
    public static Agent of(HostParts parts, ListenAddress listen, PrintStream out) {
        return new Agent(
                AgentSettings.of(parts.home(), listen, parts.settings()),
                () -> new HostUpdates(parts),
                new LockedStarter(parts),
                parts.clock(),
                out);
    }

    Agent(
            AgentSettings settings,
            Supplier<Updates> updates,
            ProductStarter starter,
            InstantSource clock,
            PrintStream out) {
        this.settings = settings;
        this.log = new AgentLog(out, clock);
        // shared by threads, and spread is not a secret
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        ReentrantLock home = new ReentrantLock();
        prepare(settings.home().own());
        this.lock = AgentLock.take(settings.home());
        this.machine = new AgentMachine(settings.crashes(), random, this::changed);
        this.news = new NewsWatch(updates, settings.news(), clock, random, log);
        this.product =
                new ProductWatch(
                        updates,
                        starter,
                        machine,
                        clock,
                        home,
                        log,
                        settings.probing(),
                        news::hint);
        this.runner = new UpdateRunner(updates, machine, clock, home, log, news::hint);
        this.server =
                new AdminServer(
                        settings.listen(),
                        new AgentActions(updates, machine, news, runner, clock),
                        settings.home().events(),
                        OpenLink.tokens(settings.home(), clock),
                        new SecretStore(settings.home().sessions(), SESSION, clock));
        this.push =
                settings.stream()
                        .map(uri ->
                                new PushSubscription(
                                        uri,
                                        news,
                                        settings.reconnect(),
                                        settings.heartbeat(),
                                        random));
        this.productThread = Thread.ofPlatform().name("product").unstarted(this::keepProduct);
        this.newsThread = Thread.ofVirtual().name("news").unstarted(news::run);
    }

    /// Starts to listen, to watch and to learn; returns at once.
    ///
    /// @throws BelayException `port-in-use`
    public void start() {
        try {
            server.start();
        } catch (BelayException e) {
            lock.close();
            throw e;
        }
        changed(machine.state());
        productThread.start();
        newsThread.start();
        push.ifPresent(PushSubscription::start);
        log.say("The admin page is at " + url() + " - `supervisor open` prints a link to it.");
    }

    /// Address of the page, without a token.
    public String url() {
        return "http://" + hostName() + ":" + server.port() + "/";
    }

    /// What the agent is doing.
    AgentState state() {
        return machine.state();
    }

    /// Stops cleanly. The product goes on running.
    @Override
    public void close() {
        log.say("Stopping; the product goes on running.");
        try {
            push.ifPresent(PushSubscription::close);
            newsThread.interrupt();
            runner.awaitEnd();
            productThread.interrupt();
            productThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        try {
            AgentFile.remove(settings.home());
        } catch (IOException e) {
            log.say("agent.json could not be removed: " + e.getMessage());
        }
        lock.close();
    }

    private void keepProduct() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    product.look();
                } catch (RuntimeException failure) {
                    log.unexpected("looking after the product", failure);
                }
                Thread.sleep(settings.glance());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(AgentState state) {
        log.say(state.message());
        try {
            AgentFile.ofThisProcess(url(), state).write(settings.home());
        } catch (IOException e) {
            log.say("agent.json could not be written: " + e.getMessage());
        }
    }

    private String hostName() {
        String address = settings.listen().address().getHostAddress();
        return address.contains(":") ? "[::1]" : "127.0.0.1";
    }

    private static void prepare(Path state) {
        try {
            Files.createDirectories(
                    state, PosixFilePermissions.asFileAttribute(DurableFiles.PRIVATE_DIRECTORY));
            // repaired rather than refused: what is in it is nobody else's business
            Files.setPosixFilePermissions(state, DurableFiles.PRIVATE_DIRECTORY);
        } catch (IOException e) {
            throw new BelayException(
                    "home-not-writable",
                    "The directory %s cannot be used: %s. The agent was not started."
                            .formatted(state, e.getMessage()),
                    "Run the agent as the owner of the home.",
                    e);
        }
    }
}
