package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.Vendor;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys unstage`: a change does not wait for signatures any more.
@Command(
        name = "unstage",
        description = "Takes away a change that waits on the server for signatures.",
        mixinStandardHelpOptions = true)
final class UnstageCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin VendorOptions options = new VendorOptions();

    @Parameters(paramLabel = "NAME", description = "Its name; see versys status.")
    String name = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Vendor vendor = options.vendor();
        if (!name.matches("[a-z0-9][a-z0-9._+-]{0,127}")
                || !vendor.endpoint().unstageChange(vendor.settings().product(), name)) {
            throw new RefusedException(
                    "change-missing",
                    "No change " + name + " waits on the server. Nothing was changed.",
                    "See versys status for those that do.");
        }
        if (options.json) {
            Output.json(out, Map.of("unstaged", name));
        } else {
            out.println("Took " + name + " away.");
        }
        return 0;
    }
}
