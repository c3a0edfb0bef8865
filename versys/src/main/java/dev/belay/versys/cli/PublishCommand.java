package dev.belay.versys.cli;

import dev.belay.versys.publish.BundlePublisher;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import dev.belay.versys.publish.FirstMetadata;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys publish`: bundles to a channel.
@Command(
        name = "publish",
        description = "Checks, uploads and signs bundles and offers them in a channel.",
        mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();
    @Mixin ReviewOptions review = new ReviewOptions();

    @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Bundles of `versys pack`.")
    List<Path> bundles = List.of();

    @Option(names = "--channel", required = true, description = "Where to offer them.")
    String channel = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Consumer<String> words = options.words(out);
        Path directory = options.repository;
        if (directory != null) {
            new FirstMetadata(options.directory)
                    .beginIn(options.inDirectory(directory), directory, words);
        }
        BundlePublisher publisher =
                new BundlePublisher(
                        options.vendor().staging(review.stage.wanted),
                        options.passphrases,
                        review.review(),
                        words);
        Outcome outcome = publisher.publish(bundles, channel);
        return Output.published(out, options, outcome);
    }
}
