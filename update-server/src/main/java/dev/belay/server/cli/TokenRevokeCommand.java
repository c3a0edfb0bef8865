package dev.belay.server.cli;

import dev.belay.server.storage.DataDirectory;
import dev.belay.server.storage.Database;
import dev.belay.server.storage.Tokens;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `update-server token revoke`: for the day on which a token has leaked.
@Command(
        name = "revoke",
        description = "Makes all tokens of a product invalid, at once.",
        mixinStandardHelpOptions = true)
final class TokenRevokeCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's.")
    private @Nullable Path data;

    @Option(
            names = "--product",
            paramLabel = "NAME",
            required = true,
            description = "The product whose tokens end.")
    private @Nullable String product;

    @Override
    public Integer call() {
        DataDirectory directory = DataDirectory.existing(Objects.requireNonNull(data));
        try (Database database = Database.open(directory.database())) {
            int revoked =
                    new Tokens(database, InstantSource.system())
                            .revokePublishers(Objects.requireNonNull(product));
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println("revoked tokens: " + revoked);
            out.flush();
        }
        return 0;
    }
}
