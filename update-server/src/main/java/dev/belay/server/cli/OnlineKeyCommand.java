package dev.belay.server.cli;

import dev.belay.server.storage.DataDirectory;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.FileRepositoryWriter;
import dev.belay.versys.publish.RepositoryWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `update-server online-key …`: the key for snapshot and timestamp; works on the data directory,
/// beside a running server or without one.
@Command(
        name = "online-key",
        description = "Shows the key that signs snapshot and timestamp, or makes a new one.",
        mixinStandardHelpOptions = true,
        subcommands = {OnlineKeyCommand.New.class, OnlineKeyCommand.Show.class})
final class OnlineKeyCommand {
    /// What both take and print.
    abstract static class Base implements Callable<Integer> {
        @Spec private @Nullable CommandSpec spec;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                required = true,
                description = "The server's.")
        private @Nullable Path data;

        @Option(names = "--json", description = "Prints JSON.")
        private boolean json;

        int print(Function<RepositoryWriter, byte[]> of, String words) {
            DataDirectory directory = DataDirectory.existing(Objects.requireNonNull(data));
            RepositoryWriter repository =
                    FileRepositoryWriter.open(directory.repository(), InstantSource.system());
            TufKey key = TufKey.parse(JsonParser.parseObject(of.apply(repository)));
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(
                    json
                            ? JsonMapper.shared()
                                    .writeValueAsString(Map.of("online-key", key.computedId()))
                            : words.formatted(key.computedId()));
            out.flush();
            return 0;
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
    static final class New extends Base {
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
    static final class Show extends Base {
        @Override
        public Integer call() {
            return print(RepositoryWriter::onlineKey, "%s");
        }
    }
}
