package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `supervisor rejected`.
@Command(
        name = "rejected",
        description = "Lists or clears releases that failed on this host and are not offered.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RejectedCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(name = "list", description = "Lists them.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        for (RejectedRelease release : releases(options).all()) {
            out.println(
                    release.version()
                            + " since "
                            + Times.utc(release.at())
                            + ": "
                            + release.reason());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "clear",
            description = "Lets a release be offered again.",
            mixinStandardHelpOptions = true)
    int clear(
            @Mixin HomeOptions options,
            @Parameters(
                            paramLabel = "VERSION",
                            converter = VersionConverter.class,
                            description = "The release.")
                    Version version) {
        if (releases(options).clear(version)) {
            spec.commandLine().getOut().println(version + " is offered again.");
            spec.commandLine().getOut().flush();
            return 0;
        }
        spec.commandLine().getErr().println("error: " + version + " is not among the rejected.");
        spec.commandLine().getErr().flush();
        return ExitCode.REFUSED.status();
    }

    private static RejectedReleases releases(HomeOptions options) {
        return new RejectedReleases(options.home().rejected());
    }
}
