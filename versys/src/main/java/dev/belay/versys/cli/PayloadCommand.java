package dev.belay.versys.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.KeyStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys payload`: signatures from machines without a network, in three steps: `get` the payload
/// here, `sign` it there, `add` the signature here; then `versys sign`.
@Command(
        name = "payload",
        description = {
            "Brings a signature from a machine without a network: get the payload of a change,",
            "sign it there, add the signature to the change here; then run versys sign."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            PayloadCommand.Get.class,
            PayloadCommand.Sign.class,
            PayloadCommand.Add.class,
        })
final class PayloadCommand {

    /// What the two halves share that have the change at hand.
    abstract static class OfChange implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "CHANGE", description = "The change file.")
        Path change = Path.of("");

        @Parameters(index = "1", paramLabel = "ROLE", description = "One of its roles.")
        String role = "";
    }

    /// Writes what is to be signed.
    @Command(
            name = "get",
            description = "Writes the payload of one role of a change.",
            mixinStandardHelpOptions = true)
    static final class Get extends OfChange {
        @Option(names = "-o", required = true, paramLabel = "FILE", description = "The payload.")
        Path output = Path.of("");

        @Override
        public Integer call() {
            try {
                Files.write(output, Change.read(change).payload(role));
                return 0;
            } catch (IOException e) {
                throw unusable(output, e);
            }
        }
    }

    /// Signs a payload; needs no repository.
    @Command(
            name = "sign",
            description = "Signs a payload with a key of VENDOR/keys and prints the signature.",
            mixinStandardHelpOptions = true)
    static final class Sign implements Callable<Integer> {
        @Spec CommandSpec spec = CommandSpec.create();
        @Mixin PlacedVendorOptions options = new PlacedVendorOptions();

        @Parameters(index = "0", paramLabel = "PAYLOAD", description = "Made by payload get.")
        Path payload = Path.of("");

        @Option(names = "--key", required = true, description = "The key's name.")
        String key = "";

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            KeyStore store = new KeyStore(options.directory.resolve("keys"));
            try {
                byte[] bytes = Files.readAllBytes(payload);
                SigningKey signing = store.open(key, options.passphrases);
                Output.json(out, Map.of("keyid", signing.id(), "sig", signing.sign(bytes)));
                return 0;
            } catch (IOException e) {
                throw unusable(payload, e);
            }
        }
    }

    /// Puts a signature into a change.
    @Command(
            name = "add",
            description = "Adds a signature to a change; versys sign then checks it.",
            mixinStandardHelpOptions = true)
    static final class Add extends OfChange {
        @Parameters(index = "2", paramLabel = "SIGNATURE", description = "Printed by payload sign.")
        Path signature = Path.of("");

        @Override
        public Integer call() {
            try {
                JsonObject object = JsonParser.parseObject(Files.readAllBytes(signature));
                Change.read(change)
                        .withSignature(role, text(object, "keyid"), text(object, "sig"))
                        .write(change);
                return 0;
            } catch (IOException e) {
                throw unusable(change, e);
            }
        }

        private static String text(JsonObject object, String name) {
            if (object.members().get(name) instanceof JsonString string) {
                return string.value();
            }
            throw MetadataException.malformed("the signature has no " + name);
        }
    }

    private static BelayException unusable(Path file, IOException e) {
        return new BelayException(
                "file-unusable",
                "Cannot read or write " + file + ": " + e.getMessage() + ".",
                "Check the path. Nothing was signed.",
                e);
    }
}
