package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupCheck;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.backup.BackupRequest;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.words.Bytes;
import dev.belay.supervisor.words.Times;
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
        description =
                "Makes, lists, verifies, restores, pins and removes backups of config, data and"
                        + " databases.",
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
                    wiring.backups().createWithProgram(installed, BackupRequest.ON_REQUEST, quiet);
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
                    String.join(
                            "  ",
                            backup.id(),
                            backup.release(),
                            backup.kind().label(),
                            Times.utc(backup.at()),
                            Bytes.words(backup.bytes()),
                            backup.state().name().toLowerCase(Locale.ROOT)
                                    + (backup.pinned() ? ", pinned" : ""),
                            backup.reason()));
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
            name = "pin",
            description = "Keeps a backup whatever the limits in supervisor.yaml say.",
            mixinStandardHelpOptions = true)
    int pin(
            @Mixin HomeOptions options,
            @Parameters(paramLabel = "ID", description = "See backup list.") String id)
            throws IOException {
        repository(options, "pin", backups -> backups.pin(id, true));
        return say("backup " + id + " is kept until it is unpinned");
    }

    @Command(
            name = "unpin",
            description = "Lets the limits in supervisor.yaml decide about a backup again.",
            mixinStandardHelpOptions = true)
    int unpin(
            @Mixin HomeOptions options,
            @Parameters(paramLabel = "ID", description = "See backup list.") String id)
            throws IOException {
        repository(options, "unpin", backups -> backups.pin(id, false));
        return say("backup " + id + " is kept as supervisor.yaml says");
    }

    @Command(
            name = "remove",
            description = "Removes a backup; the only verified one stays.",
            mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOptions options,
            @Parameters(paramLabel = "ID", description = "See backup list.") String id,
            @Option(names = "--yes", description = "Do not refuse.") boolean yes)
            throws IOException {
        if (!yes) {
            throw new RefusedException(
                    "not-confirmed",
                    "Removing the backup " + id + " cannot be undone. Nothing was removed.",
                    "To go ahead: --yes");
        }
        repository(options, "remove", backups -> backups.remove(id));
        return say("backup " + id + " was removed");
    }

    private interface Change {
        void make(BackupRepository backups) throws IOException;
    }

    private static void repository(HomeOptions options, String command, Change change)
            throws IOException {
        Wiring wiring = new Wiring(options.home(), "supervisor backup " + command);
        try (HomeLock _ = HomeLock.take(wiring.home(), "supervisor backup " + command)) {
            change.make(wiring.backups().repository());
        }
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
