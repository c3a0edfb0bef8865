package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
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
        Outcome outcome = goBack();
        Printing.outcome(spec.commandLine(), options.json(), outcome);
        return outcome.exitCode().status();
    }

    private Outcome goBack() {
        HostUpdates updates = new Wiring(options.home(), "supervisor rollback").updates();
        try {
            return shown(updates, yes);
        } catch (RefusedException refused) {
            if (refused.kind().equals("data-would-be-lost")
                    && Terminal.agrees(String.valueOf(refused.getMessage()))) {
                return shown(updates, true);
            }
            throw refused;
        }
    }

    private Outcome shown(HostUpdates updates, boolean accepted) {
        try (Progress shown = Progress.on(spec.commandLine().getOut())) {
            return updates.rollback(accepted, options.json() ? EventListener.NONE : shown);
        }
    }
}
