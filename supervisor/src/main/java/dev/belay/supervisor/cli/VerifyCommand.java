package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.deployment.Drift;
import dev.belay.supervisor.deployment.LocalChanges;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor verify`.
@Command(
        name = "verify",
        description =
                "Compares every file of the installed release with what was shipped. Exit status 1"
                        + " if program files differ; configuration is listed, and may differ unless"
                        + " --strict.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();

    @Option(names = "--strict", description = "Exit status 1 also if only configuration differs.")
    private boolean strict;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Drift drift = Drift.of(options.home());
        if (options.json()) {
            Printing.json(out, drift);
        } else {
            print(out, drift);
        }
        return (drift.ofProgram() || (strict && drift.config() > 0)
                        ? ExitCode.FAILED
                        : ExitCode.DONE)
                .status();
    }

    private static void print(PrintWriter out, Drift drift) {
        LocalChanges program = drift.program();
        lines(out, "changed", "", program.changed());
        lines(out, "mode", "", program.modes());
        lines(out, "missing", "", program.missing());
        lines(out, "added", "", program.added());
        lines(out, "changed", "c", drift.configChanged());
        lines(out, "missing", "c", drift.configRemoved());
        lines(out, "added", "c", drift.configAdded());
        out.printf(
                "%s: %d of %d program files differ, %d were added; %d configuration files differ%n",
                drift.version(),
                program.changed().size() + program.modes().size() + program.missing().size(),
                program.shipped(),
                program.added().size(),
                drift.config());
        out.flush();
    }

    private static void lines(PrintWriter out, String what, String mark, List<String> paths) {
        paths.forEach(path -> out.printf("%-8s %1s %s%n", what, mark, path));
    }
}
