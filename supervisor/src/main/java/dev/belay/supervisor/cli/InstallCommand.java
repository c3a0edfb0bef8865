package dev.belay.supervisor.cli;

import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.Installation;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.service.ProgramFailure;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor install`.
@Command(name = "install", description = "Puts a product on this host, into an empty home.")
final class InstallCommand implements Callable<Integer> {
    @Mixin private NewHome options = new NewHome();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        HostParts parts = options.make("supervisor install").parts();
        Version installed;
        try (Progress shown = Progress.on(out)) {
            installed = new Installation(parts).install(options.version(), shown);
        }
        if (options.starts()) {
            start(parts, installed);
        }
        out.println(
                options.product()
                        + " "
                        + installed
                        + " is installed in "
                        + parts.home().root()
                        + (options.starts()
                                ? " and healthy."
                                : ". Start it with: supervisor start --home "
                                        + parts.home().root()));
        out.flush();
        return 0;
    }

    private void start(HostParts parts, Version installed) {
        try {
            new ProductControl(parts).startHealthy();
        } catch (ProgramFailure failure) {
            throw failure.saying(
                    installed + " is installed in " + parts.home().root() + " all the same");
        }
    }
}
