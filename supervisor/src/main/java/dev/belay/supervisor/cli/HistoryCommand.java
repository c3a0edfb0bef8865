package dev.belay.supervisor.cli;

import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor history`.
@Command(
        name = "history",
        description = "Lists past updates and rollbacks, newest first.",
        mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
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
            entries.forEach(entry -> print(out, entry));
        }
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, HistoryEntry entry) {
        out.printf(
                "%s  %s -> %s  %s  (%.1f s, %s)%n",
                entry.begun(),
                entry.from(),
                entry.to(),
                entry.outcome(),
                entry.seconds(),
                entry.transaction());
        for (HistoryEntry.HopRecord hop : entry.hops()) {
            out.printf(
                    "    %s -> %s  %s  (%.1f s, %.1f s without service)%n",
                    hop.from(), hop.to(), hop.outcome(), hop.seconds(), hop.downtimeSeconds());
        }
        out.println("    " + entry.message());
    }
}
