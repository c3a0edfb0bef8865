package dev.belay.server.cli;

import dev.belay.versys.console.CommandRunner;
import picocli.CommandLine.Command;

/// Entry point of `update-server`.
@Command(
        name = "update-server",
        description = "Publishes, pushes and watches releases.",
        mixinStandardHelpOptions = true,
        version = "update-server 0.1.0",
        subcommands = {})
public final class Main {
    /// Runs the command and exits with its status.
    public static void main(String... args) {
        System.exit(CommandRunner.run(new Main(), args));
    }
}
