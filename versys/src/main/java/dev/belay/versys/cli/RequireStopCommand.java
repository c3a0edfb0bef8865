package dev.belay.versys.cli;

import dev.belay.versys.graph.ChannelEditor;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys require-stop`: no path jumps over a release any more.
@Command(
        name = "require-stop",
        description = "Makes every path land on a release before it goes further.",
        mixinStandardHelpOptions = true)
final class RequireStopCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelOptions options = new ChannelOptions();

    @Option(names = "--reason", description = "What admins are told.")
    @Nullable String reason;

    @Override
    public Integer call() {
        return options.edit(
                spec.commandLine().getOut(),
                channel ->
                        ChannelEditor.requireStop(
                                channel,
                                options.release(),
                                Optional.ofNullable(reason)
                                        .map(words -> ChannelOptions.notice(words, null))));
    }
}
