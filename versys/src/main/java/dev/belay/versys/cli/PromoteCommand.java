package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys promote`: a release from one channel to another.
@Command(
        name = "promote",
        description = "Offers a release of one channel in another one, with the same bytes.",
        mixinStandardHelpOptions = true)
final class PromoteCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin VendorOptions options = new VendorOptions();
    @Mixin ReviewOptions review = new ReviewOptions();

    @Parameters(paramLabel = "VERSION", description = "The release.")
    String version = "";

    @Option(names = "--from", required = true, description = "The channel that has it.")
    String from = "";

    @Option(names = "--to", required = true, description = "The channel that gets it.")
    String to = "";

    @Option(names = "--force", description = "Promotes it although it is withdrawn there.")
    boolean force;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Version release = ChannelOptions.version(version);
        return Output.published(
                out,
                options,
                ChannelOptions.publisher(options, review, out)
                        .edit(
                                from,
                                to,
                                (source, target) -> {
                                    requireNotWithdrawn(source, release);
                                    return ChannelEditor.promote(
                                            source, target, release, Optional.empty());
                                }));
    }

    private void requireNotWithdrawn(Channel source, Version release) {
        source.release(release)
                .flatMap(listed -> listed.availability().withdrawn())
                .filter(_ -> !force)
                .ifPresent(why -> {
                    throw new RefusedException(
                            "release-withdrawn",
                            release
                                    + " is withdrawn in "
                                    + source.name()
                                    + ": "
                                    + why.message()
                                    + ". Nothing was changed.",
                            "Promote another release, or repeat it with --force.");
                });
    }
}
