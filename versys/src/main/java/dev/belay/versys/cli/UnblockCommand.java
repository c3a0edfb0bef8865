package dev.belay.versys.cli;

import dev.belay.versys.graph.ChannelEditor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `versys unblock`: removes every block into a release.
@Command(
        name = "unblock",
        description = "Permits moves to a release again.",
        mixinStandardHelpOptions = true)
final class UnblockCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelOptions options = new ChannelOptions();

    @Override
    public Integer call() {
        return options.edit(
                spec.commandLine().getOut(),
                channel -> ChannelEditor.unblock(channel, options.release()));
    }
}
