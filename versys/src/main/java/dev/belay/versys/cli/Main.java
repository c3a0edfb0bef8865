package dev.belay.versys.cli;

import dev.belay.versys.console.CommandRunner;
import picocli.CommandLine.Command;

/// Entry point of `versys`.
@Command(
        name = "versys",
        description = "Packs, signs and publishes releases, and plans upgrades.",
        mixinStandardHelpOptions = true,
        version = "versys 0.1.0",
        subcommands = {
            InitCommand.class,
            PackCommand.class,
            PublishCommand.class,
            PromoteCommand.class,
            WithdrawCommand.class,
            BlockCommand.class,
            UnblockCommand.class,
            RequireStopCommand.class,
            RolloutCommand.class,
            DeadEndCommand.class,
            HaltCommand.class,
            HaltCommand.Resume.class,
            ChannelCommand.class,
            ProductCommand.class,
            KeyCommand.class,
            SignCommand.class,
            UnstageCommand.class,
            StatusCommand.class,
            ExportCommand.class,
            PayloadCommand.class,
            PlanCommand.class,
            GraphCommand.class,
            LintCommand.class,
            SimulateCommand.class,
            HostsCommand.class,
        })
public final class Main {
    /// Runs the command and exits with its status.
    public static void main(String... args) {
        System.exit(CommandRunner.run(new Main(), args));
    }
}
