package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.ProductControl;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What starts and stops the product, and then says how it is.
abstract class ServiceCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    abstract void act(ProductControl control);

    /// Whether it starts the product, so that what was interrupted has to come to its end first.
    abstract boolean starts();

    @Override
    public Integer call() {
        Wiring wiring = new Wiring(options.home(), spec.qualifiedName());
        Optional<Outcome> ended = starts() ? recover(wiring) : Optional.empty();
        if (ended.isPresent() && ended.get() instanceof Outcome.NotRolledBack stuck) {
            return stuck.exitCode().status();
        }
        ProductControl control = new ProductControl(wiring.parts());
        act(control);
        spec.commandLine().getOut().println(control.status().words());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.status();
    }

    private Optional<Outcome> recover(Wiring wiring) {
        Optional<String> unfinished = wiring.updates().unfinished();
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        spec.commandLine().getErr().println(unfinished.get());
        spec.commandLine().getErr().flush();
        try (Progress shown = Progress.on(spec.commandLine().getOut())) {
            Optional<Outcome> ended = wiring.updates().recover(shown);
            shown.end();
            ended.ifPresent(outcome -> Printing.outcome(spec.commandLine(), false, outcome));
            return ended;
        }
    }
}
