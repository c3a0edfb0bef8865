package dev.belay.versys.cli;

import dev.belay.versys.graph.Notice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `versys halt`: the switch for bad nights. [Resume] puts it back.
@Command(
        name = "halt",
        description = "Offers nothing in a channel any more, until versys resume.",
        mixinStandardHelpOptions = true)
final class HaltCommand extends ChannelSwitch {
    @Option(names = "--reason", required = true, description = "What admins are told.")
    String reason = "";

    @Option(names = "--url", description = "Where admins read more.")
    @Nullable String url;

    @Override
    Optional<Notice> why() {
        return Optional.of(ChannelOptions.notice(reason, url));
    }

    /// Offers what the channel says again.
    @Command(
            name = "resume",
            description = "Offers what a channel says again, after versys halt.",
            mixinStandardHelpOptions = true)
    static final class Resume extends ChannelSwitch {
        @Override
        Optional<Notice> why() {
            return Optional.empty();
        }
    }
}
