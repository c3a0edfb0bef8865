package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.ChainHop;
import dev.belay.supervisor.offer.ChainPlan;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor update`.
@Command(
        name = "update",
        description = "Walks this host to the newest release that is offered to it.",
        mixinStandardHelpOptions = true)
final class UpdateCommand implements Callable<Integer> {
    private static final int ATTEMPTS = 3;
    @Mixin private RequestOptions asked = new RequestOptions();

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Wiring wiring = asked.wiring("supervisor update");
        if (dryRun) {
            Planned planned = plan(wiring);
            if (planned instanceof Planned.Ready ready) {
                show(ready.chain());
                if (!asked.json()) {
                    Printing.warnings(spec.commandLine().getOut(), ready.chain().warnings());
                }
                return ExitCode.DONE.status();
            }
            return print(Outcome.of(planned));
        }
        Optional<Outcome> stuck = recover(wiring);
        return stuck.isPresent() ? status(stuck.get()) : update(wiring);
    }

    /// Plans, asks and walks. What changed between the question and the answer is said, planned
    /// anew, and asked anew unless the way is the same.
    private int update(Wiring wiring) {
        List<ChainHop> agreed = List.of();
        for (int attempt = 1; ; attempt++) {
            Planned planned = plan(wiring);
            if (!(planned instanceof Planned.Ready ready)) {
                return print(Outcome.of(planned));
            }
            if (attempt == 1 && !asked.json()) {
                Printing.warnings(spec.commandLine().getOut(), ready.chain().warnings());
            }
            if (!yes && !ready.chain().hops().equals(agreed)) {
                show(ready.chain());
                Terminal.confirm();
                agreed = ready.chain().hops();
            }
            Outcome outcome = walk(wiring, ready.plan(), attempt == ATTEMPTS);
            if (!(outcome instanceof Outcome.PlanChanged) || attempt == ATTEMPTS) {
                return status(outcome);
            }
            spec.commandLine().getErr().println(outcome.message());
            spec.commandLine().getErr().flush();
        }
    }

    private Planned plan(Wiring wiring) {
        return shown(progress -> wiring.updates().plan(asked.request(), progress));
    }

    /// A signal lets the run end its step or put the hop back, and say so.
    private Outcome walk(Wiring wiring, PreparedPlan plan, boolean last) {
        return Interruption.request()
                .changing(() -> {
                    Outcome outcome = shown(progress -> wiring.updates().update(plan, progress));
                    if (last || !(outcome instanceof Outcome.PlanChanged)) {
                        print(outcome);
                    }
                    return outcome;
                });
    }

    /// Brings what was interrupted to its end.
    ///
    /// @return the outcome, which was told, if only a person can
    private Optional<Outcome> recover(Wiring wiring) {
        Optional<Outcome> ended = shown(progress -> wiring.updates().recover(progress));
        Optional<Outcome> stuck = ended.filter(Outcome.NotRolledBack.class::isInstance);
        stuck.ifPresent(this::print);
        if (stuck.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            ended.ifPresent(outcome -> err.println("An interrupted run: " + outcome.message()));
            err.flush();
        }
        return stuck;
    }

    private <T> T shown(Function<EventListener, T> work) {
        try (Progress progress = Progress.on(spec.commandLine().getOut())) {
            return work.apply(asked.json() ? EventListener.NONE : progress);
        }
    }

    private int print(Outcome outcome) {
        Printing.outcome(spec.commandLine(), asked.json(), outcome);
        return status(outcome);
    }

    private static int status(Outcome outcome) {
        return outcome.exitCode().status();
    }

    private void show(ChainPlan chain) {
        PrintWriter out = spec.commandLine().getOut();
        if (asked.json()) {
            Printing.json(out, chain);
        } else {
            Printing.plan(out, chain);
        }
    }
}
