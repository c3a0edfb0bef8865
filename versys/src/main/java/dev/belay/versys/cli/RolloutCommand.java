package dev.belay.versys.cli;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEdit;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys rollout`: opens a release to more and more hosts.
@Command(
        name = "rollout",
        description = "Starts, pauses, resumes or finishes the rollout of a release.",
        mixinStandardHelpOptions = true)
final class RolloutCommand implements Callable<Integer> {
    /// What can be done with a rollout.
    enum Action {
        start,
        pause,
        resume,
        finish
    }

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}.")
    Action action = Action.start;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The release.")
    String version = "";

    @Option(names = "--channel", required = true, description = "The channel.")
    String channel = "";

    @Option(
            names = "--hours",
            defaultValue = "48",
            description = "start: until all hosts may take it (default: ${DEFAULT-VALUE}).")
    int hours = 48;

    @Option(
            names = "--share",
            defaultValue = "0",
            description = "start: the share of hosts that may take it at once, 0 to 1.")
    double share;

    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();
    @Mixin ReviewOptions review = new ReviewOptions();

    @Override
    public Integer call() {
        Version release = ChannelOptions.version(version);
        Instant now = Instant.now();
        return Output.published(
                spec.commandLine().getOut(),
                options,
                ChannelOptions.publisher(options, review, spec.commandLine().getOut())
                        .edit(channel, document -> edit(document, release, now)));
    }

    private ChannelEdit edit(Channel document, Version release, Instant now) {
        return switch (action) {
            case start ->
                    ChannelEditor.rolloutStart(
                            document, release, now, Duration.ofHours(hours), share);
            case pause -> ChannelEditor.rolloutPause(document, release, now);
            case resume -> ChannelEditor.rolloutResume(document, release, now);
            case finish -> ChannelEditor.rolloutFinish(document, release);
        };
    }
}
