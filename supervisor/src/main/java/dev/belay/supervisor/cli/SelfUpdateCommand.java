package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.selfupdate.SelfUpdate;
import dev.belay.supervisor.status.EventListener;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor self-update`.
@Command(
        name = "self-update",
        description =
                "Moves the supervisor itself to its next release, if that works with the home here.",
        mixinStandardHelpOptions = true)
final class SelfUpdateCommand implements Callable<Integer> {
    /// Set by the launcher of an installed supervisor: the directory with `current`.
    private static final String INSTALLATION = "belay.installation";

    @Mixin private HomeOptions options = new HomeOptions();
    @Mixin private OfflineOptions offline = new OfflineOptions();

    @Option(names = "--check", description = "Only ask; exit status 7 if there is a newer one.")
    private boolean check;

    @Option(names = "--back", description = "Go back to the supervisor before this one.")
    private boolean back;

    @Mixin private GoalOptions goal = new GoalOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Home installation = installation();
        HostParts parts =
                new Wiring(
                                installation,
                                settings(installation),
                                "supervisor self-update",
                                offline.offline())
                        .parts();
        PrintWriter out = spec.commandLine().getOut();
        if (check) {
            CheckResult result =
                    new SelfUpdate(parts, Optional.empty(), EventListener.NONE).check();
            print(result, result.message(), out);
            if (!options.json()) {
                Printing.warnings(out, result.warnings());
                out.flush();
            }
            return (result.available().isPresent() ? ExitCode.UPDATE_AVAILABLE : ExitCode.DONE)
                    .status();
        }
        Optional<HostParts> product =
                options.anyHome().map(home -> new Wiring(home, "supervisor self-update").parts());
        SelfUpdate.Answer answer;
        try (Progress shown = Progress.on(out)) {
            SelfUpdate update =
                    new SelfUpdate(parts, product, options.json() ? EventListener.NONE : shown);
            answer =
                    back
                            ? update.back()
                            : update.update(new UpdateRequest(goal.to(), goal.retry()));
        }
        print(answer, answer.message(), out);
        return (answer.done() ? ExitCode.DONE : ExitCode.REFUSED).status();
    }

    private void print(Object answer, String message, PrintWriter out) {
        if (options.json()) {
            Printing.json(out, answer);
        } else {
            out.println(message);
        }
        out.flush();
    }

    private static Home installation() {
        return Optional.ofNullable(System.getProperty(INSTALLATION))
                .map(Path::of)
                .filter(root -> Files.isSymbolicLink(root.resolve("current")))
                .map(Home::new)
                .orElseThrow(() ->
                        new RefusedException(
                                "not-installed",
                                "This supervisor was not started from an installation that can be"
                                        + " updated. Nothing was changed.",
                                "How to make one: docs/self-update.md"));
    }

    private static Path settings(Home installation) {
        Path file = installation.root().resolve("self-update.yaml");
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(
                    "no-self-update-settings",
                    "There is no "
                            + file
                            + ", so it is not known where the supervisor's releases"
                            + " are. Nothing was changed.",
                    "Write product, server and channel into it: docs/self-update.md");
        }
        return file;
    }
}
