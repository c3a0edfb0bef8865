package dev.belay.supervisor.agent;

import dev.belay.supervisor.agent.push.Backoff;
import dev.belay.supervisor.agent.web.ListenAddress;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What the agent needs to know of its host.
///
/// @param home where its files are
/// @param listen where the page is served
/// @param stream the channel's event stream; empty if the repository is not an update server
/// @param glance how often the product is looked at
/// @param probing time between two questions to a release on probation, how it is
/// @param crashes when a crashing product is started again
/// @param news when to look for releases
/// @param reconnect the waits between attempts to open the event stream
/// @param heartbeat how long the event stream may be silent
record AgentSettings(
        Home home,
        ListenAddress listen,
        Optional<URI> stream,
        Duration glance,
        Duration probing,
        CrashPolicy crashes,
        NewsSchedule news,
        Backoff reconnect,
        Duration heartbeat) {
    /// The figures that suit a host in service, with what its admin has set.
    static AgentSettings of(Home home, ListenAddress listen, Settings settings) {
        return new AgentSettings(
                home,
                listen,
                Optional.of(stream(settings)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                CrashPolicy.DEFAULT,
                NewsSchedule.every(settings.agent().poll()),
                new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5)),
                Duration.ofSeconds(45));
    }

    private static URI stream(Settings settings) {
        return URI.create(
                "%s/api/v1/products/%s/channels/%s/events"
                        .formatted(
                                settings.server().toString().replaceFirst("/+$", ""),
                                settings.product(),
                                settings.channel()));
    }
}
