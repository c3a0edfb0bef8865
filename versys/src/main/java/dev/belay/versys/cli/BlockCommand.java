package dev.belay.versys.cli;

import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Origins;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys block`: forbids moves to a release.
@Command(
        name = "block",
        description = "Forbids moves to a release, from all versions or from a range.",
        mixinStandardHelpOptions = true)
final class BlockCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelOptions options = new ChannelOptions();

    @Option(names = "--from", paramLabel = "RANGE", description = "Only from these versions.")
    @Nullable String from;

    @Option(names = "--reason", required = true, description = "What admins are told.")
    String reason = "";

    @Option(names = "--url", description = "Where admins read more.")
    @Nullable String url;

    @Override
    public Integer call() {
        Origins origins = from == null ? Origins.ALL : Origins.in(from);
        EdgeRule block =
                EdgeRule.block(options.release(), origins, ChannelOptions.notice(reason, url));
        return options.edit(
                spec.commandLine().getOut(), channel -> ChannelEditor.block(channel, block));
    }
}
