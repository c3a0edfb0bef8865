package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.agent.web.SecretStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// The link that opens the admin page once, within five minutes.
public final class OpenLink {
    /// How long a link is good for.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private OpenLink() {}

    /// Makes a link to the page of the agent that runs on a home.
    ///
    /// @param state the home's `.supervisor` directory
    /// @throws RefusedException `agent-not-running`
    public static String create(Path state) {
        AgentFile agent =
                AgentFile.running(state)
                        .orElseThrow(() ->
                                new RefusedException(
                                        "agent-not-running",
                                        "No agent runs on this home, so there is no page to"
                                                + " open.",
                                        "Start it with `supervisor agent`."));
        return agent.url() + "open?token=" + tokens(state, InstantSource.system()).issue();
    }

    static SecretStore tokens(Path state, InstantSource clock) {
        return new SecretStore(state.resolve("links"), LIFETIME, clock);
    }
}
