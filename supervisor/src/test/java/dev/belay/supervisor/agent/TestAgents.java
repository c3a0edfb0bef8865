package dev.belay.supervisor.agent;

import dev.belay.supervisor.agent.push.Backoff;
import dev.belay.supervisor.agent.web.ListenAddress;
import dev.belay.supervisor.deployment.Home;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Agents with short waits for tests.
final class TestAgents {
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

    private TestAgents() {}

    static Agent start(Home home, SimulatedHost host) {
        return start(home, host, 0, Optional.empty());
    }

    static Agent start(Home home, SimulatedHost host, int port, Optional<URI> stream) {
        Agent agent =
                new Agent(
                        settings(home, port, stream),
                        () -> host,
                        host,
                        InstantSource.system(),
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        agent.start();
        return agent;
    }

    static AgentSettings settings(Home home, int port, Optional<URI> stream) {
        return new AgentSettings(
                home,
                ListenAddress.parse("127.0.0.1:" + port),
                stream,
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                new CrashPolicy(3, Duration.ofMinutes(10), SHORT),
                new NewsSchedule(
                        Duration.ofHours(6), Duration.ofHours(6), SHORT, Duration.ofMillis(20)),
                SHORT,
                Duration.ofSeconds(45));
    }
}
