package dev.belay.versys.cli;

import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.KeyStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys key add`: one more person may sign a role.
@Command(
        name = "add",
        description = "Lets one more key sign a role.",
        mixinStandardHelpOptions = true)
final class KeyAddCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin RoleOptions options = new RoleOptions();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The new holder's .pub.json; may be repeated.")
    List<Path> keys = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<TufKey> added = keys.stream().map(KeyStore::readPublic).toList();
        return Output.published(
                out,
                options.vendor,
                options.administration(out)
                        .changeKeys(options.role, added, List.of(), options.threshold()));
    }
}
