package dev.belay.supervisor.cli;

import dev.belay.versys.console.CommandRunner;
import picocli.CommandLine.Command;

/// Entry point of `supervisor`.
@Command(
        name = "supervisor",
        description = "Upgrades the software of this host, safely.",
        mixinStandardHelpOptions = true,
        version = "supervisor 0.1.0",
        subcommands = {
            InstallCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            UpdateCommand.class,
            RollbackCommand.class,
            StatusCommand.class,
            HistoryCommand.class,
            BackupCommand.class,
            RejectedCommand.class,
            ReportCommand.class,
            StartCommand.class,
            StopCommand.class,
            RestartCommand.class,
            AgentCommand.class,
            OpenCommand.class
        })
public final class Main {
    /// Runs the command and exits with its status.
    public static void main(String... args) {
        System.exit(CommandRunner.run(new Main(), args));
    }
}
