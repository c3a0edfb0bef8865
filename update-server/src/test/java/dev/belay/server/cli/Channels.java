package dev.belay.server.cli;

import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.graph.StopScope;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.List;

/// Channel documents for tests.
public final class Channels {
    private Channels() {}

    /// 9.0.117, 10.1.59 (a required stop), 11.0.24, and 11.0.23, which was withdrawn.
    public static Channel stable(String notesOfNewest) {
        List<Release> releases =
                List.of(
                        release("9.0.117", "The first.").from("none").build(),
                        release("10.1.59", "Jakarta EE 10.")
                                .from(">=9.0.0 <10.1.59")
                                .requiredStop(StopScope.EVERYBODY)
                                .build(),
                        release("11.0.23", "Bad.").from(">=10.1.0 <11.0.23").build(),
                        release("11.0.24", notesOfNewest).from(">=10.1.0 <11.0.24").build());
        Channel channel = Channel.empty("shop", "stable", "semver").withReleases(releases);
        return ChannelEditor.withdraw(channel, Version.of("11.0.23"), Notice.of("Loses sessions."))
                .channel();
    }

    private static ReleaseBuilder release(String version, String notes) {
        String target = "shop/releases/%s/shop-%s-any.tgz".formatted(version, version);
        return new ReleaseBuilder(Version.of(version))
                .date(Instant.parse("2026-11-02T10:00:00Z"))
                .platform("any", new Artifact(target, 14_443_350, 0))
                .notes(notes);
    }
}
