package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.status.Json;
import dev.belay.supervisor.transaction.CheckResult;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
    @Mixin private HomeOptions options = new HomeOptions();
    @Mixin private OfflineOptions offline = new OfflineOptions();
    @Mixin private TargetOptions target = new TargetOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CheckResult result =
                new Wiring(options.home(), "supervisor check", offline.offline())
                        .updates()
                        .check(target.request());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", result.kind());
            json.put("installed", result.installed().text());
            result.available().ifPresent(v -> json.put("available", v.text()));
            json.put("chain", result.chain().stream().map(Version::text).toList());
            json.put("message", result.message());
            out.println(Json.pretty(json));
        } else {
            out.println("installed: " + result.installed());
            out.println(result.message());
        }
        out.flush();
        return (result.available().isPresent() ? ExitCode.UPDATE_AVAILABLE : ExitCode.DONE)
                .status();
    }
}
