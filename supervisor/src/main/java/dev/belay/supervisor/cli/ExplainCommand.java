package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.status.Json;
import dev.belay.supervisor.transaction.PlanAnswer;
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
    @Mixin private HomeOptions options = new HomeOptions();
    @Mixin private OfflineOptions offline = new OfflineOptions();
    @Mixin private TargetOptions target = new TargetOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PlanAnswer answer =
                new Wiring(options.home(), "supervisor explain", offline.offline())
                        .updates()
                        .explain(target.request());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            Map<String, Object> json = new LinkedHashMap<>(PlanJson.of(answer.result()));
            json.put("explanation", answer.lines());
            out.println(Json.pretty(json));
        } else {
            answer.lines().forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE.status();
    }
}
