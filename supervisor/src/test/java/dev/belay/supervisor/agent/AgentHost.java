package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A host that was installed with `supervisor install` and is driven by nothing but commands and
/// signals.
final class AgentHost {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path root;
    private final Path log;
    private final ShopHost shop;
    private final List<Process> agents = new ArrayList<>();

    AgentHost(Path directory, VendorSite site, String version) throws Exception {
        this.root = directory.resolve("home");
        this.log = directory.resolve("agent.log");
        this.shop = new ShopHost(root, directory.resolve("no-repository"));
        SupervisorCommand installed =
                SupervisorCommand.run(
                        "install",
                        "--home=" + root,
                        "--server=" + site.uri(),
                        "--product=shop",
                        "--channel=stable",
                        "--root=" + site.root(),
                        "--version=" + version,
                        "--no-start");
        assertThat(installed.status()).as(installed.output()).isZero();
        shop.chooseFreePort();
    }

    ShopHost shop() {
        return shop;
    }

    /// Runs a command on the home.
    SupervisorCommand run(String... words) throws Exception {
        return SupervisorCommand.run(withHome(words));
    }

    /// Starts an agent and waits for it.
    Process startAgent() throws Exception {
        Process agent = SupervisorCommand.start(log, withHome("agent", "--listen=127.0.0.1:0"));
        agents.add(agent);
        await().atMost(PATIENCE)
                .until(() -> agentFile().filter(file -> file.pid() == agent.pid()).isPresent());
        return agent;
    }

    Optional<AgentFile> agentFile() {
        return AgentFile.running(shop.home());
    }

    void awaitAgentState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(agentFile().map(AgentFile::state)).as(log()).contains(state));
    }

    /// What the agents have said.
    String log() {
        return read(log);
    }

    String events() {
        return read(shop.home().events());
    }

    /// The process that the product runs as, or did.
    long productPid() throws IOException {
        JsonNode record =
                JsonMapper.shared().readTree(Files.readString(shop.home().serviceRecord()));
        return record.get("pid").asLong();
    }

    boolean answersAs(String version) {
        try {
            return shop.get("/health").contains("\"" + version + "\"");
        } catch (Exception e) {
            return false;
        }
    }

    void awaitAnswerAs(String version) {
        await().atMost(PATIENCE).until(() -> answersAs(version));
    }

    /// Ends the agents and the product.
    void end() throws Exception {
        for (Process agent : agents) {
            SupervisorCommand.kill(agent);
        }
        shop.stop();
    }

    Path own() {
        return root.resolve(".supervisor");
    }

    private String[] withHome(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--home=" + root)).toArray(String[]::new);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
