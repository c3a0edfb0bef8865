package dev.belay.supervisor.cli;

import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor history`.
@Command(
        name = "history",
        description = "Lists past updates and rollbacks, newest first.",
        mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "Also what failed releases said last; the newest run always shows it.")
    private boolean verbose;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<HistoryEntry> entries =
                new Wiring(options.home(), "supervisor history").updates().history();
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Json.pretty(entries));
        } else if (entries.isEmpty()) {
            out.println("Nothing happened here yet.");
        } else {
            boolean newestFailed = !entries.getFirst().outcome().good();
            for (int i = 0; i < entries.size(); i++) {
                print(out, entries.get(i), verbose || (i == 0 && newestFailed));
            }
        }
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, HistoryEntry entry, boolean details) {
        out.printf(
                "%s  %s -> %s  %s  (%s, %s)%n",
                Times.utc(entry.begun()),
                entry.from(),
                entry.to(),
                entry.outcome().label(),
                Times.seconds(entry.seconds()),
                entry.transaction());
        for (HistoryEntry.HopRecord hop : entry.hops()) {
            out.printf(
                    "    %s -> %s  %s  (%s, %s without service)%n",
                    hop.from(),
                    hop.to(),
                    hop.outcome().label(),
                    Times.seconds(hop.seconds()),
                    Times.seconds(hop.downtimeSeconds()));
        }
        out.println("    " + entry.message());
        if (details) {
            CommandRunner.details(out, "    ", entry.details());
        }
    }
}
