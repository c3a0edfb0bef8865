package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.Notice;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys dead-end`: nothing leads away from a release.
@Command(
        name = "dead-end",
        description = "Says that nothing leads away from a release, or with --clear that it does.",
        mixinStandardHelpOptions = true)
final class DeadEndCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelOptions options = new ChannelOptions();

    @Option(names = "--reason", description = "What admins are told; needed unless --clear.")
    @Nullable String reason;

    @Option(names = "--url", description = "Where admins read more.")
    @Nullable String url;

    @Option(names = "--clear", description = "It is no dead end any more.")
    boolean clear;

    @Override
    public Integer call() {
        return options.edit(
                spec.commandLine().getOut(),
                channel -> ChannelEditor.deadEnd(channel, options.release(), why()));
    }

    private Optional<Notice> why() {
        if (clear == (reason != null)) {
            throw new RefusedException(
                    "reason-needed",
                    "A dead end has a reason, and none is needed to clear it.",
                    "Give either --reason or --clear. Nothing was changed.");
        }
        return Optional.ofNullable(reason).map(text -> ChannelOptions.notice(text, url));
    }
}
