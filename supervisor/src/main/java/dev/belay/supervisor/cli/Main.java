package dev.belay.supervisor.cli;

import dev.belay.supervisor.status.SupervisorVersion;
import dev.belay.versys.console.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// Entry point of `supervisor`.
@Command(
        name = "supervisor",
        description = "Upgrades the software of this host, safely.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.OwnVersion.class,
        subcommands = {
            InstallCommand.class,
            AdoptCommand.class,
            UnadoptCommand.class,
            RemoveCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            UpdateCommand.class,
            RecoverCommand.class,
            RollbackCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            HistoryCommand.class,
            BackupCommand.class,
            RejectedCommand.class,
            ReportCommand.class,
            StartCommand.class,
            StopCommand.class,
            RestartCommand.class,
            AgentCommand.class,
            OpenCommand.class,
            SelfUpdateCommand.class
        })
public final class Main {
    /// `supervisor 0.1.0`: what a self-update compares.
    static final class OwnVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"supervisor " + SupervisorVersion.TEXT};
        }
    }

    /// Runs the command and exits with its status.
    public static void main(String... args) {
        System.exit(Interruption.during(() -> CommandRunner.run(new Main(), args)));
    }
}
