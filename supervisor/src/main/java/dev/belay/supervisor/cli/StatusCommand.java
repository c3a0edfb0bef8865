package dev.belay.supervisor.cli;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.words.Times;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor status`.
@Command(
        name = "status",
        description = "Says what is installed, what runs, and how the last run ended.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        HostStatus status = read(options.home());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Json.pretty(status));
        } else {
            print(out, status);
        }
        out.flush();
        return 0;
    }

    static HostStatus read(Home home) {
        return new Wiring(home, "supervisor status").updates().status();
    }

    static void print(PrintWriter out, HostStatus status) {
        if (status.unfinished() != null) {
            out.println(status.unfinished());
        }
        out.println("product:   " + status.product() + ", channel " + status.channel());
        out.println("installed: " + (status.installed() == null ? "nothing" : status.installed()));
        out.println("available: " + available(status));
        out.println("service:   " + status.service().words());
        out.println(
                "state:     " + status.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        for (String warning : status.warnings()) {
            out.println("warning:   " + warning);
        }
        HostStatus.LastRun last = status.last();
        if (last != null) {
            out.println(
                    "last run:  "
                            + last.from()
                            + " -> "
                            + last.to()
                            + ", "
                            + last.outcome().label()
                            + " at "
                            + Times.utc(last.at()));
            out.println("           " + last.message());
        }
        if (status.probationUntil() != null) {
            out.println(
                    "probation: until "
                            + Times.utc(status.probationUntil())
                            + "; the agent watches it");
        }
        for (RejectedRelease rejected : status.rejected()) {
            out.println("rejected:  " + rejected.version() + " since " + Times.utc(rejected.at()));
            // the last run says the same already
            if (last == null || !last.transaction().equals(rejected.transaction())) {
                out.println("           " + rejected.reason());
            }
        }
    }

    private static String available(HostStatus status) {
        if (status.available() != null) {
            return status.available().text();
        }
        if (status.checkedAt() == null) {
            return "not known yet; ask with: supervisor check";
        }
        return status.rejected().isEmpty() ? "nothing newer" : "nothing that this host takes";
    }
}
