package dev.belay.supervisor.cli;

import dev.belay.supervisor.transaction.ProductControl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `supervisor restart`.
@Command(
        name = "restart",
        description = "Stops the product, starts it and waits until it is healthy.",
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Wiring wiring = new Wiring(options.home(), "supervisor restart");
        ProductControl control = new ProductControl(wiring.parts(() -> false));
        control.stop();
        control.startHealthy();
        spec.commandLine().getOut().println(control.status().words());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
