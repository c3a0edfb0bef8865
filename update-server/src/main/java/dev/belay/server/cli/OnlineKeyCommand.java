package dev.belay.server.cli;

import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.repository.FileRepositoryWriter;
import dev.belay.versys.repository.RepositoryWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;

/// `update-server online-key …`: the key for snapshot and timestamp.
@Command(
        name = "online-key",
        description = "Shows the key that signs snapshot and timestamp, or makes a new one.",
        mixinStandardHelpOptions = true,
        subcommands = {OnlineKeyCommand.New.class, OnlineKeyCommand.Show.class})
final class OnlineKeyCommand {
    /// What both print of a key.
    abstract static class OfRepository extends DataCommand {
        final int print(Function<RepositoryWriter, byte[]> of, String words) {
            RepositoryWriter repository =
                    FileRepositoryWriter.open(directory().repository(), InstantSource.system());
            String id = TufKey.parse(JsonParser.parseObject(of.apply(repository))).computedId();
            return print(words.formatted(id), Map.of("online-key", id));
        }
    }

    /// For the day on which the online key was stolen.
    @Command(
            name = "new",
            description = {
                "Makes a new online key. Nothing is signed with it before the vendor's root lists it:",
                "versys key rotate online."
            },
            mixinStandardHelpOptions = true)
    static final class New extends OfRepository {
        @Override
        public Integer call() {
            return print(
                    RepositoryWriter::makeOnlineKey,
                    "made online key %s; it signs nothing before the vendor's root lists it:"
                            + " versys key rotate online");
        }
    }

    /// To compare it with what `versys` shows.
    @Command(
            name = "show",
            description = "Prints the id of the newest online key.",
            mixinStandardHelpOptions = true)
    static final class Show extends OfRepository {
        @Override
        public Integer call() {
            return print(RepositoryWriter::onlineKey, "%s");
        }
    }
}
