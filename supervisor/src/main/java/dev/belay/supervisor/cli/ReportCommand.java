package dev.belay.supervisor.cli;

import dev.belay.supervisor.deployment.DeclaredSecrets;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.status.BugReport;
import dev.belay.supervisor.status.SupervisorVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor report`.
@Command(
        name = "report",
        description =
                "Writes a bug report for the vendor's support, without secrets, and lists what is"
                        + " in it. Nothing is sent.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "belay-report.tar.gz",
            paramLabel = "FILE",
            description = "Where to write it. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("");

    @Option(names = "--list", description = "Only list what would be in it.")
    private boolean list;

    @Option(
            names = "--show",
            paramLabel = "NAME",
            description = "Only print one file of it, as it would be written.")
    private @Nullable String show;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        BugReport report = collect(new Wiring(options.home(), "supervisor report"));
        if (show != null) {
            out.print(report.text(show));
        } else {
            report.listing().forEach(out::println);
            if (!list) {
                report.write(output);
                out.println("written to " + output + "; look into it before you send it");
            }
        }
        out.flush();
        return 0;
    }

    private static BugReport collect(Wiring wiring) {
        Home home = wiring.home();
        DeclaredSecrets secrets = DeclaredSecrets.of(home);
        BugReport report =
                new BugReport(
                        secrets.files().stream()
                                .map(file -> "config/" + file)
                                .collect(Collectors.toSet()),
                        secrets.values());
        report.addText("status.json", Json.pretty(wiring.updates().status()));
        report.addText("history.json", Json.pretty(wiring.updates().history()));
        report.addText(
                "versions.txt",
                "supervisor %s, Java %s, %s %s%n"
                        .formatted(
                                SupervisorVersion.TEXT,
                                Runtime.version(),
                                System.getProperty("os.name"),
                                System.getProperty("os.version")));
        report.addFiles("supervisor.yaml", home.settings());
        report.addFiles("config", home.config());
        report.addFiles("journal", home.journal());
        report.addFiles("events.jsonl", home.events());
        report.addFiles("product.log", home.productLog());
        report.addFiles("release.yaml", home.current().resolve(".release/release.yaml"));
        return report;
    }
}
