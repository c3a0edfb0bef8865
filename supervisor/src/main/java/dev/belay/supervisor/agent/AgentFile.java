package dev.belay.supervisor.agent;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// `agent.json` in the home's `.supervisor`: which process the agent is, where its page is and what
/// it is doing. Written by the agent, read by `supervisor open`.
///
/// @param pid process id
/// @param started start of that process; guards against a reused id
/// @param url address of the page, without a token
/// @param state name of the agent's state
/// @param message the same in words
record AgentFile(long pid, Instant started, String url, String state, String message) {
    /// Of this process.
    static AgentFile ofThisProcess(String url, AgentState state) {
        ProcessHandle self = ProcessHandle.current();
        return new AgentFile(
                self.pid(),
                self.info().startInstant().orElse(Instant.EPOCH),
                url,
                state.name(),
                state.message());
    }

    void write(Home home) throws IOException {
        DurableFiles.write(home.agent(), Json.bytes(this), DurableFiles.PRIVATE);
    }

    /// The agent that runs on a home, if one does.
    static Optional<AgentFile> running(Home home) {
        try {
            AgentFile file = Json.read(Files.readAllBytes(home.agent()), AgentFile.class);
            return ProcessHandle.of(file.pid())
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            process.info()
                                    .startInstant()
                                    .orElse(Instant.EPOCH)
                                    .equals(file.started()))
                    .map(_ -> file);
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    static void remove(Home home) throws IOException {
        DurableFiles.delete(home.agent());
    }
}
