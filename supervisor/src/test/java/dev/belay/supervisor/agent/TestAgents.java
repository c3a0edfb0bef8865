package dev.belay.supervisor.agent;

import dev.belay.supervisor.agent.push.Backoff;
import dev.belay.supervisor.agent.web.ListenAddress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Agents with short waits for tests.
final class TestAgents {
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

    private TestAgents() {}

    static Agent start(Path state, SimulatedHost host) {
        return start(state, host, 0, Optional.empty());
    }

    static Agent start(Path state, SimulatedHost host, int port, Optional<URI> stream) {
        Agent agent =
                new Agent(
                        settings(state, port, stream),
                        () -> host,
                        host,
                        InstantSource.system(),
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        agent.start();
        return agent;
    }

    static AgentSettings settings(Path state, int port, Optional<URI> stream) {
        return new AgentSettings(
                state,
                ListenAddress.parse("127.0.0.1:" + port),
                stream,
                Duration.ofMillis(20),
                new CrashPolicy(3, Duration.ofMinutes(10), SHORT),
                new NewsSchedule(
                        Duration.ofHours(6), Duration.ofHours(6), SHORT, Duration.ofMillis(20)),
                SHORT,
                Duration.ofSeconds(45));
    }
}
