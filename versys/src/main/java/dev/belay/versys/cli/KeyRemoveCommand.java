package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.RoleAdministration;
import dev.belay.versys.publish.Vendor;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys key remove`: a key may no longer sign a role.
@Command(
        name = "remove",
        description = "Takes a key's right to sign a role.",
        mixinStandardHelpOptions = true)
final class KeyRemoveCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin RoleOptions options = new RoleOptions();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "NAME-OR-ID",
            description = "A key's name here, or its id or the beginning of it.")
    String key = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Vendor vendor = options.vendor.vendor();
        RoleAdministration roles = options.administration(out);
        TufKey named = vendor.keys().publicKeys().get(key);
        List<String> found =
                roles.keyIds(options.role).stream()
                        .filter(id ->
                                named == null ? id.startsWith(key) : id.equals(named.computedId()))
                        .toList();
        if (found.size() != 1) {
            throw new RefusedException(
                    "key-unknown",
                    found.size() + " keys of " + options.role + " are called " + key + ".",
                    "See versys key show and versys status. Nothing was changed.");
        }
        return Output.published(
                out,
                options.vendor,
                roles.changeKeys(options.role, List.of(), found, options.threshold()));
    }
}
