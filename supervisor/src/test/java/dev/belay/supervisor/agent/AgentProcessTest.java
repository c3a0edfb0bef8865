package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real agents, real commands, a real product and a signed repository behind a real web server.
@Tag("slow")
class AgentProcessTest {
    @TempDir Path directory;
    private VendorSite site;
    private AgentHost host;

    @BeforeEach
    void publishTheFirstRelease() throws Exception {
        site = new VendorSite(directory.resolve("site"));
        site.publish("1.0.0", "none", "ok");
        site.publish("1.0.1", ">=0.1.0 <0.2.0", "crash"); // nobody gets there by himself
        host = new AgentHost(directory, site, "1.0.0");
    }

    @AfterEach
    void endEverything() throws Exception {
        host.end();
        site.close();
    }

    @Test
    void anEventMakesAReleaseKnownAndAnUpdateFromATerminalShowsOnThePage() throws Exception {
        host.run("start");
        host.startAgent();
        await().atMost(AgentHost.PATIENCE).until(() -> site.listeners() == 1);
        host.shop().visit(3);
        try (PageClient page = openPage()) {
            await().atMost(AgentHost.PATIENCE)
                    .until(() -> page.get("/api/status").at("/check/at").isString());
            site.publish("2.0.0", "1.0.0", "ok");
            // nobody has said anything yet, and the next look of its own is hours away
            assertThat(page.get("/api/status").at("/now/available").asString("")).isEmpty();
            site.announce();
            await().atMost(AgentHost.PATIENCE)
                    .until(() ->
                            page.get("/api/status")
                                    .at("/now/available")
                                    .asString("")
                                    .equals("2.0.0"));

            Queue<String> events = page.events();
            SupervisorCommand update = host.run("update", "--yes");
            assertThat(update.status()).as(update.output()).isZero();
            await().atMost(AgentHost.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(String.join("\n", events))
                                    .contains("\"step\":\"back-up\"", "\"outcome\":\"updated\""));
            await().atMost(AgentHost.PATIENCE)
                    .until(() ->
                            page.get("/api/status")
                                    .at("/now/installed")
                                    .asString("")
                                    .equals("2.0.0"));
        }
        host.awaitAgentState("watching");
        assertThat(host.answersAs("2.0.0")).isTrue();
        assertThat(host.shop().rows()).contains("3 somebody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"back-up", "migrate", "health"})
    void theNextAgentBringsAnUpdateToAnEndThatAKilledOneLeft(String step) throws Exception {
        host.run("start");
        host.shop().visit(3);
        List<String> rows = host.shop().rows();
        site.publish("2.0.0", "1.0.0", "ok");
        Process first = host.startAgent();
        try (PageClient page = openPage()) {
            host.awaitAgentState("watching");
            assertThat(page.post("/api/update", "{}")).isEqualTo(202);
            await().atMost(AgentHost.PATIENCE)
                    .pollInterval(2, TimeUnit.MILLISECONDS)
                    .until(() -> host.events().contains("\"step\":\"" + step + "\""));
            SupervisorCommand.kill(first);
        }
        host.startAgent();
        host.awaitAgentState("watching");
        String installed = host.shop().home().installed().orElseThrow().text();
        assertThat(installed).isIn("1.0.0", "2.0.0");
        host.awaitAnswerAs(installed);
        assertThat(host.shop().rows()).containsAll(rows.subList(1, rows.size()));
    }

    @Test
    void aKilledProductIsStartedAgain() throws Exception {
        host.run("start");
        host.startAgent();
        host.awaitAgentState("watching");
        long killed = host.productPid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        await().atMost(AgentHost.PATIENCE).until(() -> host.productPid() != killed);
        host.awaitAnswerAs("1.0.0");
        assertThat(host.log()).contains("The product is down").contains("The product runs again");
    }

    @Test
    void aProductThatCrashesFiveTimesIsLeftAlone() throws Exception {
        host.end();
        host = new AgentHost(directory.resolve("crashing"), site, "1.0.1");
        host.startAgent();
        host.awaitAgentState("holding");
        assertThat(host.agentFile().orElseThrow().message())
                .contains("stopped 5 times")
                .contains("Look into its log");
    }

    @Test
    void anUpdateThatWaitsForTheServerKeepsNobodyFromTheProduct() throws Exception {
        host.run("start");
        site.publish("2.0.0", "1.0.0", "ok");
        host.startAgent();
        host.awaitAgentState("watching");
        try (PageClient page = openPage()) {
            site.standstill().begin("shop-2.0.0-any.tgz");
            assertThat(page.post("/api/update", "{}")).isEqualTo(202);
            site.standstill().awaitRequest();
            assertThat(page.post("/api/update", "{}")).isEqualTo(409);
            long killed = host.productPid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            await().atMost(AgentHost.PATIENCE).until(() -> host.productPid() != killed);
            host.awaitAnswerAs("1.0.0");
            assertThat(host.run("stop").status()).isZero();
            assertThat(host.run("start").status()).isZero();
            site.standstill().end();
            host.awaitAnswerAs("2.0.0");
        }
    }

    @Test
    void aProductThatAPersonStoppedStaysStopped() throws Exception {
        host.run("start");
        host.startAgent();
        host.awaitAgentState("watching");
        long stopped = host.productPid();
        assertThat(host.run("stop").status()).isZero();
        host.awaitAgentState("resting");
        assertThat(host.productPid()).isEqualTo(stopped);
        assertThat(host.answersAs("1.0.0")).isFalse();
        assertThat(host.run("start").status()).isZero();
        host.awaitAgentState("watching");
        assertThat(host.log()).doesNotContain("The product is down");
    }

    @Test
    void endingTheAgentLeavesTheProductRunning() throws Exception {
        host.run("start");
        Process agent = host.startAgent();
        host.awaitAgentState("watching");
        long product = host.productPid();
        agent.destroy(); // SIGTERM
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isEqualTo(143);
        assertThat(host.log()).contains("Stopping; the product goes on running.");
        assertThat(host.agentFile()).isEmpty();
        host.awaitAnswerAs("1.0.0");
        assertThat(host.productPid()).isEqualTo(product);
    }

    @Test
    void anAgentThatFetchesAnUpdateEndsWhenItIsAskedTo() throws Exception {
        host.run("start");
        site.publish("2.0.0", "1.0.0", "ok");
        Process agent = host.startAgent();
        host.awaitAgentState("watching");
        try (PageClient page = openPage()) {
            site.standstill().begin("shop-2.0.0-any.tgz");
            assertThat(page.post("/api/update", "{}")).isEqualTo(202);
            site.standstill().awaitRequest();
        }
        agent.destroy(); // SIGTERM
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).as(host.log()).isTrue();
        assertThat(agent.exitValue()).isEqualTo(143);
        host.awaitAnswerAs("1.0.0");
        site.standstill().end();
        assertThat(host.run("update", "--yes").status()).isZero();
        host.awaitAnswerAs("2.0.0");
    }

    @Test
    void whatCannotBeIsRefusedInASentence() throws Exception {
        SupervisorCommand noAgent = host.run("open");
        assertThat(noAgent.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(noAgent.output())
                .contains("No agent runs on this home", "supervisor agent")
                .doesNotContain("\tat ");

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SupervisorCommand onTakenPort =
                    host.run("agent", "--listen=127.0.0.1:" + taken.getLocalPort());
            assertThat(onTakenPort.status()).isEqualTo(ExitCode.FAILED.status());
            assertThat(onTakenPort.output())
                    .contains("Port " + taken.getLocalPort() + " of this host is taken", "--listen")
                    .doesNotContain("\tat ");
        }
        SupervisorCommand everywhere = host.run("agent", "--listen=0.0.0.0:0");
        assertThat(everywhere.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(everywhere.output()).contains("for this host alone").doesNotContain("\tat ");

        host.startAgent();
        SupervisorCommand second = host.run("agent", "--listen=127.0.0.1:0");
        assertThat(second.status()).isEqualTo(ExitCode.LOCKED.status());
        assertThat(second.output())
                .contains("Another agent runs on this home", "supervisor open")
                .doesNotContain("\tat ");
        assertThat(host.run("open", "--json").output()).contains("\"url\" : \"http://127.0.0.1:");
    }

    private PageClient openPage() throws Exception {
        return new PageClient(URI.create(host.run("open").output().strip()));
    }
}
