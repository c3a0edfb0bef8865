package dev.belay.supervisor.cli;

import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor rollback`.
@Command(
        name = "rollback",
        description =
                "Goes back to the release before, with its configuration and data; or tries a"
                        + " failed rollback again.",
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--yes",
            description = "Also if files were written since; they are set aside and kept.")
    private boolean yes;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Progress shown = Progress.on(out)) {
            EventListener progress = options.json() ? EventListener.NONE : shown;
            Outcome outcome =
                    new Wiring(options.home(), "supervisor rollback")
                            .updates()
                            .rollback(yes, progress);
            shown.end();
            Printing.outcome(spec.commandLine(), options.json(), outcome);
            return outcome.exitCode().status();
        }
    }
}
