package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.agent.AgentState.Holding;
import dev.belay.supervisor.agent.AgentState.NeedsAttention;
import dev.belay.supervisor.agent.AgentState.Watching;
import dev.belay.supervisor.agent.AgentState.Yielding;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.Outcome.RunFigures;
import dev.belay.supervisor.status.RunKind;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole agent over a simulated host.
class AgentTest {
    @TempDir Path temp;
    private Home home;
    private SimulatedHost host;

    @BeforeEach
    void simulate() throws IOException {
        home = new Home(temp);
        host = new SimulatedHost(home);
    }

    @Test
    void aPushedEventIsOnlyAHintToLook() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        while (true) {
                            out.write(events.take().getBytes(StandardCharsets.UTF_8));
                            out.flush();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        server.start();
        events.add(": hello\n\n");
        URI stream = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (Agent _ = TestAgents.start(home, host, 0, Optional.of(stream))) {
            await().until(() -> host.checks.get() >= 2); // at the start, and when connected
            int before = host.checks.get();
            events.add("event: channel\ndata: {\"product\":\"other\",\"snapshot\":-1}\n\n");
            await().until(() -> host.checks.get() > before);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCrashedProductIsStartedAgainAndACrashLoopIsHeld() {
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            host.crash();
            await().until(() -> host.starts.get() == 1);
            host.crash();
            await().until(() -> host.starts.get() == 2);
            host.crash();
            await().until(() -> agent.state() instanceof Holding);
            assertThat(host.starts).hasValue(2);
            assertThat(AgentFile.running(home)).get().extracting("state").isEqualTo("holding");
            host.start(); // a person
            await().until(() -> agent.state() instanceof Watching);
        }
    }

    @Test
    void aReleaseOnProbationThatCrashesInALoopIsLeft() {
        host.onProbation();
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            for (int start = 1; start <= 2; start++) {
                int wanted = start;
                host.crash();
                await().until(() -> host.starts.get() == wanted);
            }
            host.crash();
            await().until(() -> !host.failed.isEmpty());
            assertThat(host.failed.getFirst()).startsWith("t-1: ").contains("3 times in a row");
            await().until(() -> agent.state() instanceof Watching);
        }
        assertThat(host.failed).hasSize(1);
    }

    @Test
    void aReleaseOnProbationThatStaysUnhealthyIsLeft() {
        host.onProbation();
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            assertThat(host.failed).isEmpty();
            host.sicken("it answered 500");
            await().until(() -> !host.failed.isEmpty());
        }
        assertThat(host.failed).containsExactly("t-1: it answered 500");
    }

    @Test
    void aReleaseThatIsNotOnProbationIsNotAsked() {
        host.sicken("it answered 500");
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            host.crash();
            await().until(() -> host.starts.get() == 1);
        }
        assertThat(host.failed).isEmpty();
    }

    @Test
    void aProductThatAPersonStoppedIsLeftAlone() {
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            host.stopOnPurpose();
            await().until(() -> agent.state() instanceof AgentState.Resting);
            assertThat(host.starts).hasValue(0);
            host.start();
            await().until(() -> agent.state() instanceof Watching);
        }
    }

    @Test
    void anInterruptedRunIsBroughtToAnEndFirst() {
        host.interruptedWith(
                new Outcome.RolledBack(
                        "t-0",
                        RunKind.UPDATE,
                        Version.of("9.0.117"),
                        Version.of("9.0.117"),
                        Version.of("10.1.59"),
                        RunFigures.NONE,
                        "interrupted",
                        "Put back.",
                        "Try again.",
                        java.util.List.of()));
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            assertThat(host.recoveries).hasPositiveValue();
        }
    }

    @Test
    void aRollbackThatFailedIsLeftToAPerson() {
        host.interruptedWith(
                new Outcome.NotRolledBack(
                        "t-0",
                        RunKind.UPDATE,
                        Version.of("9.0.117"),
                        Version.of("10.1.59"),
                        RunFigures.NONE,
                        "disk-full",
                        "The disk is full.",
                        "no space left",
                        "Make space.",
                        java.util.List.of()));
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof NeedsAttention);
            host.crash();
            assertThat(agent.state().message()).startsWith("A person must look");
            assertThat(host.starts).hasValue(0);
        }
    }

    @Test
    void handsOffWhileAnotherSupervisorWorks() {
        try (Agent agent = TestAgents.start(home, host)) {
            await().until(() -> agent.state() instanceof Watching);
            host.elsewhere(true);
            host.crash();
            await().until(() -> agent.state() instanceof Yielding);
            assertThat(host.starts).hasValue(0);
            host.elsewhere(false);
            await().until(() -> host.starts.get() == 1);
        }
    }

    @Test
    void aHomeHasOneAgent() {
        try (Agent _ = TestAgents.start(home, host)) {
            assertThatThrownBy(() -> TestAgents.start(home, host))
                    .isInstanceOfSatisfying(
                            AgentRunningException.class,
                            e -> assertThat(e.kind()).isEqualTo("agent-running"));
        }
        TestAgents.start(home, host).close();
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        SimulatedHost other = new SimulatedHost(new Home(temp.resolve("other")));
        try (Agent agent = TestAgents.start(home, host)) {
            int port = URI.create(agent.url()).getPort();
            assertThatThrownBy(() ->
                            TestAgents.start(
                                    new Home(temp.resolve("other")), other, port, Optional.empty()))
                    .isInstanceOfSatisfying(
                            BelayException.class,
                            e -> assertThat(e.kind()).isEqualTo("port-in-use"));
        }
    }

    @Test
    void withoutAnAgentThereIsNoLink() {
        assertThatThrownBy(() -> OpenLink.create(home))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.kind()).isEqualTo("agent-not-running"));
        try (Agent agent = TestAgents.start(home, host)) {
            assertThat(OpenLink.create(home)).startsWith(agent.url() + "open?token=");
        }
        assertThatThrownBy(() -> OpenLink.create(home)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anOpenStateDirectoryIsClosed() throws IOException {
        Files.setPosixFilePermissions(home.own(), PosixFilePermissions.fromString("rwxrwxrwx"));
        TestAgents.start(home, host).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.own())))
                .isEqualTo("rwx------");
    }
}
