package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEdit;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.publish.ChannelPublisher;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What every command takes that changes one release in one channel.
final class ChannelOptions {
    @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();
    @Mixin ReviewOptions review = new ReviewOptions();

    @Parameters(paramLabel = "VERSION", description = "The release.")
    String version = "";

    @Option(names = "--channel", required = true, description = "The channel.")
    String channel = "";

    Version release() {
        return version(version);
    }

    static Version version(String text) {
        try {
            return Version.of(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "version-invalid",
                    "This is " + e.getMessage() + ".",
                    "Name a version that is published.",
                    e);
        }
    }

    int edit(PrintWriter out, Function<Channel, ChannelEdit> edit) {
        return Output.published(out, vendor, publisher(vendor, review, out).edit(channel, edit));
    }

    static ChannelPublisher publisher(
            VendorOptions options, ReviewOptions review, PrintWriter out) {
        return new ChannelPublisher(
                options.vendor().staging(review.stage.wanted),
                options.passphrases,
                review.review(),
                options.words(out));
    }

    static Notice notice(String message, @Nullable String url) {
        return new Notice(message, Optional.ofNullable(url));
    }
}
