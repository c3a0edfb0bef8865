package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.run.ProductControl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What starts and stops the product, and then says how it is.
abstract class ServiceCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    abstract void act(ProductControl control);

    @Override
    public Integer call() {
        Wiring wiring = new Wiring(options.home(), spec.qualifiedName());
        ProductControl control = new ProductControl(wiring.parts());
        act(control);
        spec.commandLine().getOut().println(control.status().words());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.status();
    }
}
