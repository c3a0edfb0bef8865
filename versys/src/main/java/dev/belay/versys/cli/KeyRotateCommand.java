package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.RoleAdministration;
import dev.belay.versys.publish.Vendor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys key rotate`: a new key in the place of mine.
@Command(
        name = "rotate",
        description = {
            "Replaces the key that is here by a new one, for one role. For snapshot, timestamp or online",
            "(both) the server makes the new key; who signs the root lets it sign."
        },
        mixinStandardHelpOptions = true)
final class KeyRotateCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin RoleOptions options = new RoleOptions();

    @Option(
            names = "--old",
            paramLabel = "NAME",
            description = "Which of my keys, if several of them may sign the role.")
    String old = "";

    @Option(names = "--no-passphrase", description = "Keep the new private key unencrypted.")
    boolean noPassphrase;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        OptionalInt threshold = options.threshold();
        Vendor vendor = options.vendor.vendor();
        RoleAdministration roles = options.administration(out);
        if (options.role.equals("online") || RoleAdministration.ONLINE.contains(options.role)) {
            return Output.published(out, options.vendor, roles.rotateOnline(options.role));
        }
        List<String> signing = roles.keyIds(options.role);
        Map<String, TufKey> here = vendor.keys().publicKeys();
        List<String> mine =
                here.keySet().stream()
                        .filter(name -> old.isEmpty() || name.equals(old))
                        .filter(name -> signing.contains(id(here, name)))
                        .toList();
        if (mine.size() != 1) {
            throw new RefusedException(
                    "key-unclear",
                    mine.size() + " keys here may sign " + options.role + ". Nothing was changed.",
                    "Say which one to replace with --old; see versys key show.");
        }
        String name = freshName(here, mine.getFirst());
        TufKey fresh =
                vendor.keys()
                        .create(name, noPassphrase ? null : options.vendor.passphrases.choose());
        return Output.published(
                out,
                options.vendor,
                roles.changeKeys(
                        options.role,
                        List.of(fresh),
                        List.of(id(here, mine.getFirst())),
                        threshold));
    }

    private static String id(Map<String, TufKey> keys, String name) {
        TufKey key = keys.get(name);
        return key == null ? "" : key.computedId();
    }

    private static String freshName(Map<String, TufKey> here, String old) {
        String stem = old.replaceFirst("\\.\\d+$", "");
        int number = 2;
        while (here.containsKey(stem + "." + number)) {
            number++;
        }
        return stem + "." + number;
    }
}
