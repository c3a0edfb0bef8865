package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.PlanAnswer;
import dev.belay.versys.plan.PlanJson;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor explain`.
@Command(
        name = "explain",
        description =
                "Says in words why this host's way is what it is: why this way, why not directly,"
                        + " what is in the way and what opens when.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Mixin private RequestOptions asked = new RequestOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PlanAnswer answer = asked.wiring("supervisor explain").updates().explain(asked.request());
        PrintWriter out = spec.commandLine().getOut();
        if (asked.json()) {
            Map<String, Object> json = new LinkedHashMap<>(PlanJson.of(answer.result()));
            json.put("explanation", answer.lines());
            Printing.json(out, json);
        } else {
            answer.lines().forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE.status();
    }
}
