package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor recover`.
@Command(
        name = "recover",
        description =
                "Brings an interrupted run to its end: finishes it, or puts it back as far as"
                        + " rollback in supervisor.yaml allows.",
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--yes",
            description =
                    "Put back what cannot be finished also if files were written since; they are"
                            + " set aside and kept. Tries a failed rollback again.")
    private boolean yes;

    @Override
    public Integer call() {
        Wiring wiring = new Wiring(options.home(), "supervisor recover");
        HostUpdates updates = wiring.updates();
        Optional<String> unfinished = updates.unfinished();
        unfinished.ifPresent(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().flush();
        Optional<Outcome> ended = shown(yes ? updates::recoverWhateverItTakes : updates::recover);
        if (!yes
                && ended.orElse(null) instanceof Outcome.NotRolledBack stuck
                && Terminal.agrees(stuck.message())) {
            ended = shown(updates::recoverWhateverItTakes);
        }
        Outcome outcome =
                ended.orElseGet(() ->
                        new Outcome.NothingToDo(
                                wiring.home().requireInstalled(),
                                unfinished.isEmpty()
                                        ? "No run is unfinished."
                                        : "It is closed; nothing had been changed."));
        Printing.outcome(spec.commandLine(), options.json(), outcome);
        // whether it was finished or put back, it is at its end
        return (outcome instanceof Outcome.RolledBack ? ExitCode.DONE : outcome.exitCode())
                .status();
    }

    private Optional<Outcome> shown(Function<EventListener, Optional<Outcome>> work) {
        try (Progress progress = Progress.on(spec.commandLine().getOut())) {
            return work.apply(options.json() ? EventListener.NONE : progress);
        }
    }
}
