package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Json;
import dev.belay.supervisor.transaction.HostUpdates;
import dev.belay.supervisor.transaction.Outcome;
import dev.belay.supervisor.transaction.Planned;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
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
    @Mixin private HomeOptions options = new HomeOptions();
    @Mixin private OfflineOptions offline = new OfflineOptions();

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin private TargetOptions target = new TargetOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Wiring wiring = new Wiring(options.home(), "supervisor update", offline.offline());
        if (dryRun || !yes) {
            Planned planned = wiring.updates().plan(target.request());
            int status = printed(planned, out);
            if (dryRun || !(planned instanceof Planned.Ready)) {
                return status;
            }
            confirm();
        }
        try (Interruption interruption = new Interruption();
                Progress shown = Progress.on(out)) {
            HostUpdates updates = wiring.updates(interruption);
            EventListener progress = options.json() ? EventListener.NONE : shown;
            Outcome outcome = updates.update(target.request(), progress);
            shown.end();
            print(outcome, out);
            return outcome.exitCode().status();
        }
    }

    private void print(Outcome outcome, PrintWriter out) {
        if (options.json()) {
            out.println(Json.pretty(OutcomeJson.of(outcome)));
            out.flush();
        } else {
            Printing.outcome(out, spec.commandLine().getErr(), outcome);
        }
    }

    private int printed(Planned planned, PrintWriter out) {
        return switch (planned) {
            case Planned.Ready ready -> {
                if (options.json()) {
                    out.println(Json.pretty(PlanJson.of(ready.chain())));
                    out.flush();
                } else {
                    Printing.plan(out, ready.chain());
                }
                yield ExitCode.DONE.status();
            }
            case Planned.NothingToDo(Version installed, String message) -> {
                print(new Outcome.NothingToDo(installed, message), out);
                yield ExitCode.DONE.status();
            }
            case Planned.NoWay(String kind, String message, String help) -> {
                print(new Outcome.NoWay(kind, message, help), out);
                yield ExitCode.REFUSED.status();
            }
        };
    }

    private static void confirm() {
        String answer = Terminal.console().map(c -> c.readLine("Go ahead? [y/N] ")).orElse("");
        if (!Set.of("y", "yes", "Y").contains(answer.strip())) {
            throw new RefusedException(
                    "not-confirmed", "Nothing was changed.", "To go ahead unattended: --yes");
        }
    }
}
