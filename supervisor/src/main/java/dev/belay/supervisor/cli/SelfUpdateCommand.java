package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Json;
import dev.belay.supervisor.transaction.CheckResult;
import dev.belay.supervisor.transaction.HostParts;
import dev.belay.supervisor.transaction.SelfUpdate;
import dev.belay.supervisor.transaction.UpdateRequest;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Go towards this release. Default: the newest.")
    private @Nullable Version to;

    @Option(
            names = "--retry-rejected",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Try a release again that did not work on this host.")
    private Set<Version> retry = Set.of();

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
                        .parts(() -> false);
        PrintWriter out = spec.commandLine().getOut();
        if (check) {
            return print(new SelfUpdate(parts, Optional.empty(), EventListener.NONE).check(), out);
        }
        Optional<HostParts> product =
                options.anyHome()
                        .map(home -> new Wiring(home, "supervisor self-update").parts(() -> false));
        try (Progress shown = Progress.on(out)) {
            SelfUpdate update =
                    new SelfUpdate(parts, product, options.json() ? EventListener.NONE : shown);
            SelfUpdate.Answer answer =
                    back
                            ? update.back()
                            : update.update(new UpdateRequest(Optional.ofNullable(to), retry));
            shown.end();
            return print(answer, product, out);
        }
    }

    private int print(CheckResult result, PrintWriter out) {
        boolean newer = result.available().isPresent();
        print(
                newer ? "update-available" : result.kind(),
                result.installed(),
                result.message(),
                out);
        return (newer ? ExitCode.UPDATE_AVAILABLE : ExitCode.DONE).status();
    }

    private int print(SelfUpdate.Answer answer, Optional<HostParts> product, PrintWriter out) {
        boolean moved = answer.done() && !answer.kind().equals("nothing-to-do");
        String message = answer.message();
        if (moved && product.isEmpty()) {
            message += " No home was given, so it was only asked for its version.";
        }
        if (moved) {
            message += " An agent that is running goes on with the old one until it is restarted.";
        }
        print(answer.kind(), answer.installed(), message, out);
        return (answer.done() ? ExitCode.DONE : ExitCode.REFUSED).status();
    }

    private void print(String kind, Version installed, String message, PrintWriter out) {
        if (options.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", kind);
            json.put("installed", installed.text());
            json.put("message", message);
            out.println(Json.pretty(json));
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
