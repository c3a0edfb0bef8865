package dev.belay.server.cli;

import dev.belay.server.storage.DataDirectory;
import dev.belay.server.storage.Database;
import dev.belay.server.storage.Tokens;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `update-server token create`: prints a new token, alone on its line, once.
@Command(
        name = "create",
        description = "Makes a token for one product and prints it, once.",
        mixinStandardHelpOptions = true)
final class TokenCreateCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's.")
    private @Nullable Path data;

    @Option(
            names = "--product",
            paramLabel = "NAME",
            required = true,
            description = "The one product that the token may publish.")
    private @Nullable String product;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        DataDirectory directory = DataDirectory.existing(Objects.requireNonNull(data));
        try (Database database = Database.open(directory.database())) {
            String name = Objects.requireNonNull(product);
            String token = new Tokens(database, InstantSource.system()).createPublisher(name);
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(
                    json
                            ? JsonMapper.shared()
                                    .writeValueAsString(Map.of("product", name, "token", token))
                            : token);
            out.flush();
        }
        return 0;
    }
}
