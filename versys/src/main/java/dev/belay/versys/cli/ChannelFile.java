package dev.belay.versys.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.graph.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The channel document that a command reads.
final class ChannelFile {
    @Option(
            names = "--channel-file",
            required = true,
            paramLabel = "FILE",
            description = "The channel document.")
    Path file = Path.of("channel.json");

    Channel read() {
        return Channel.parse(bytes(file));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BelayException(
                    "file-unreadable",
                    "The file " + file + " cannot be read.",
                    "Check the path and its permissions.",
                    e);
        }
    }
}
