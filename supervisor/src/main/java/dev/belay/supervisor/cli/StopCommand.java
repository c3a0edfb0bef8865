package dev.belay.supervisor.cli;

import dev.belay.supervisor.run.ProductControl;
import picocli.CommandLine.Command;

/// `supervisor stop`.
@Command(name = "stop", description = "Stops the product.", mixinStandardHelpOptions = true)
final class StopCommand extends ServiceCommand {
    @Override
    void act(ProductControl control) {
        control.stop();
    }

    @Override
    boolean starts() {
        return false;
    }
}
