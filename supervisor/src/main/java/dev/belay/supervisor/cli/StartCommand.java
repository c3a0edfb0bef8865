package dev.belay.supervisor.cli;

import dev.belay.supervisor.run.ProductControl;
import picocli.CommandLine.Command;

/// `supervisor start`.
@Command(
        name = "start",
        description = "Starts the product and waits until it is healthy.",
        mixinStandardHelpOptions = true)
final class StartCommand extends ServiceCommand {
    @Override
    void act(ProductControl control) {
        control.startHealthy();
    }

    @Override
    boolean starts() {
        return true;
    }
}
