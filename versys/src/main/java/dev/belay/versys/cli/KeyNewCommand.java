package dev.belay.versys.cli;

import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.KeyStore;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys key new`: a key of one person.
@Command(
        name = "new",
        description = "Makes a private key; give the .pub.json beside it to the vendor.",
        mixinStandardHelpOptions = true)
final class KeyNewCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();

    @Parameters(paramLabel = "NAME", description = "For example the holder's name.")
    String name = "";

    @Option(names = "--no-passphrase", description = "Keep the private key unencrypted.")
    boolean noPassphrase;

    @Override
    public Integer call() {
        KeyStore store = new KeyStore(options.directory.resolve("keys"));
        TufKey key = store.create(name, noPassphrase ? null : options.passphrases.choose());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json) {
            Output.json(out, Map.of("name", name, "id", key.computedId()));
        } else {
            out.println("Made key " + name + ", id " + key.computedId() + ".");
        }
        return 0;
    }
}
