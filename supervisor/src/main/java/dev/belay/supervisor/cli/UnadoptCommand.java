package dev.belay.supervisor.cli;

import dev.belay.supervisor.adopt.Adoption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor unadopt`.
@Command(
        name = "unadopt",
        description =
                "Undoes an adoption: the product is stopped and its home taken out of use, so that"
                        + " it can be started where it was. What the home has is kept.",
        mixinStandardHelpOptions = true)
final class UnadoptCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Adoption.Undone undone =
                Adoption.undo(new Wiring(options.home(), "supervisor unadopt").parts());
        out.println(
                undone.directory()
                        + " is the product's installation again; start it as before."
                        + undone.kept()
                                .map(kept ->
                                        " What it did in the home since is kept in " + kept + ".")
                                .orElse(""));
        out.flush();
        return 0;
    }
}
