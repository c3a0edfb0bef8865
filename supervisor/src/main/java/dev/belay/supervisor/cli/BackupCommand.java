package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupCheck;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.words.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `supervisor backup`.
@Command(
        name = "backup",
        description = "Makes, lists, verifies and restores backups of config, data and databases.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class BackupCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            description = "Makes a backup and proves it. The product goes on running.",
            mixinStandardHelpOptions = true)
    int create(@Mixin HomeOptions options) {
        Wiring wiring = new Wiring(options.home(), "supervisor backup create");
        Deployment installed = Deployment.installed(wiring.home());
        try (HomeLock _ = HomeLock.take(wiring.home(), "supervisor backup create")) {
            boolean quiet = !wiring.parts().product(installed).status().running();
            HomeBackups.Made made =
                    wiring.backups().createWithProgram(installed, "on request", quiet);
            wiring.backups().prove(made.id());
            return say(
                    "backup "
                            + made.id()
                            + ", "
                            + Bytes.words(made.bytes())
                            + " (program, config, data and databases), verified");
        }
    }

    @Command(name = "list", description = "Lists backups.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOptions options) throws IOException {
        List<Backup> backups =
                new Wiring(options.home(), "supervisor backup list").backups().repository().list();
        if (options.json()) {
            return say(Json.pretty(backups));
        }
        for (Backup backup : backups) {
            say(
                    backup.id()
                            + "  "
                            + backup.release()
                            + "  "
                            + Bytes.words(backup.bytes())
                            + "  "
                            + backup.state().name().toLowerCase(Locale.ROOT)
                            + "  "
                            + backup.reason());
        }
        return backups.isEmpty() ? say("There are no backups.") : 0;
    }

    @Command(
            name = "verify",
            description = "Reads a backup back and compares every byte.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin HomeOptions options,
            @Parameters(paramLabel = "ID", description = "See backup list.") String id)
            throws IOException {
        BackupCheck check =
                new Wiring(options.home(), "supervisor backup verify")
                        .backups()
                        .repository()
                        .verify(id, BackupListener.NONE);
        if (check.intact()) {
            return say("backup " + id + " is as it was copied");
        }
        check.problems().forEach(this::say);
        return ExitCode.FAILED.status();
    }

    @Command(
            name = "restore",
            description = "Puts a backup in the place of config and data, which are kept aside.",
            mixinStandardHelpOptions = true)
    int restore(
            @Mixin HomeOptions options,
            @Parameters(paramLabel = "ID", description = "See backup list.") String id,
            @Option(names = "--yes", description = "Do not refuse.") boolean yes) {
        if (!yes) {
            throw new RefusedException(
                    "not-confirmed",
                    "Restoring stops the product and takes it back to the backup's moment. Nothing"
                            + " was changed.",
                    "To go ahead: --yes");
        }
        PrintWriter out = spec.commandLine().getOut();
        Wiring wiring = new Wiring(options.home(), "supervisor backup restore");
        try (Progress shown = Progress.on(out)) {
            Outcome outcome =
                    wiring.updates().restore(id, options.json() ? EventListener.NONE : shown);
            shown.end();
            Printing.outcome(spec.commandLine(), options.json(), outcome);
            return outcome.exitCode().status();
        }
    }

    private int say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
