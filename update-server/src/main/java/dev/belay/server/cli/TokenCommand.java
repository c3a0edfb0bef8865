package dev.belay.server.cli;

import dev.belay.server.storage.Database;
import dev.belay.server.storage.Tokens;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `update-server token …`: who may publish which product.
@Command(
        name = "token",
        description = "Makes and revokes the tokens of publishers.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCommand.Create.class, TokenCommand.Revoke.class})
final class TokenCommand {
    /// What both do to the tokens of one product.
    abstract static class OfProduct extends DataCommand {
        @Option(
                names = "--product",
                paramLabel = "NAME",
                required = true,
                description = "The one product that the token is for.")
        private String product = "";

        @Override
        public final Integer call() {
            try (Database database = Database.open(directory().database())) {
                return run(new Tokens(database, InstantSource.system()), product);
            }
        }

        abstract int run(Tokens tokens, String product);
    }

    /// Prints a new token, alone on its line, once.
    @Command(
            name = "create",
            description = "Makes a token for one product and prints it, once.",
            mixinStandardHelpOptions = true)
    static final class Create extends OfProduct {
        @Override
        int run(Tokens tokens, String product) {
            String token = tokens.createPublisher(product);
            return print(token, Map.of("product", product, "token", token));
        }
    }

    /// For the day on which a token has leaked.
    @Command(
            name = "revoke",
            description = "Makes all tokens of a product invalid, at once.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends OfProduct {
        @Override
        int run(Tokens tokens, String product) {
            int revoked = tokens.revokePublishers(product);
            return print(
                    "revoked tokens: " + revoked, Map.of("product", product, "revoked", revoked));
        }
    }
}
