package dev.belay.supervisor.cli;

import dev.belay.supervisor.run.ProductControl;
import picocli.CommandLine.Command;

/// `supervisor restart`.
@Command(
        name = "restart",
        description = "Stops the product, starts it and waits until it is healthy.",
        mixinStandardHelpOptions = true)
final class RestartCommand extends ServiceCommand {
    @Override
    void act(ProductControl control) {
        control.stop();
        control.startHealthy();
    }

    @Override
    boolean starts() {
        return true;
    }
}
