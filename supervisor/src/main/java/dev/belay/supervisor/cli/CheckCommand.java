package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.run.HostUpdates;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor check`.
@Command(
        name = "check",
        description = "Asks whether there is a newer release for this host; exit status 7 if so.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin private RequestOptions asked = new RequestOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        HostUpdates updates = asked.wiring("supervisor check").updates();
        PrintWriter err = spec.commandLine().getErr();
        updates.unfinished().ifPresent(err::println);
        err.flush();
        CheckResult result = updates.check(asked.request());
        PrintWriter out = spec.commandLine().getOut();
        if (asked.json()) {
            Printing.json(out, result);
        } else {
            out.println("installed: " + result.installed());
            out.println(result.message());
            Printing.warnings(out, result.warnings());
        }
        out.flush();
        return (result.available().isPresent() ? ExitCode.UPDATE_AVAILABLE : ExitCode.DONE)
                .status();
    }
}
