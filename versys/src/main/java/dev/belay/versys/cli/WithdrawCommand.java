package dev.belay.versys.cli;

import dev.belay.versys.graph.ChannelEditor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys withdraw`: nobody is led to a release any more.
@Command(
        name = "withdraw",
        description = "Stops offering a release; hosts that have it may still leave it.",
        mixinStandardHelpOptions = true)
final class WithdrawCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelOptions options = new ChannelOptions();

    @Option(names = "--reason", required = true, description = "What admins are told.")
    String reason = "";

    @Option(names = "--url", description = "Where admins read more.")
    @Nullable String url;

    @Override
    public Integer call() {
        return options.edit(
                spec.commandLine().getOut(),
                channel ->
                        ChannelEditor.withdraw(
                                channel, options.release(), ChannelOptions.notice(reason, url)));
    }
}
