package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.agent.OpenLink;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor open`: prints the link that opens the admin page.
@Command(
        name = "open",
        description = "Print a link to the admin page. It works once, for five minutes.",
        mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    @Mixin private final HomeOptions options = new HomeOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String url = OpenLink.create(options.home());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            Printing.json(out, Map.of("url", url));
        } else {
            out.println(url);
        }
        out.flush();
        return ExitCode.DONE.status();
    }
}
