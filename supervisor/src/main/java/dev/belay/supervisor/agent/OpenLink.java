package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.agent.web.SecretStore;
import dev.belay.supervisor.deployment.Home;
import java.time.Duration;
import java.time.InstantSource;

/// The link that opens the admin page once, within five minutes.
public final class OpenLink {
    /// How long a link is good for.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private OpenLink() {}

    /// Makes a link to the page of the agent that runs on a home.
    ///
    /// @throws RefusedException `agent-not-running`
    public static String create(Home home) {
        AgentFile agent =
                AgentFile.running(home)
                        .orElseThrow(() ->
                                new RefusedException(
                                        "agent-not-running",
                                        "No agent runs on this home, so there is no page to"
                                                + " open.",
                                        "Start it with `supervisor agent`."));
        return agent.url() + "open?token=" + tokens(home, InstantSource.system()).issue();
    }

    /// Whether there is an agent that it could be of.
    public static boolean possible(Home home) {
        return AgentFile.running(home).isPresent();
    }

    static SecretStore tokens(Home home, InstantSource clock) {
        return new SecretStore(home.links(), LIFETIME, clock);
    }
}
