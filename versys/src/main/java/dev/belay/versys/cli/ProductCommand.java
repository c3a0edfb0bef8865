package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.NewRole;
import dev.belay.versys.publish.Vendor;
import dev.belay.versys.publish.VendorSettings;
import dev.belay.versys.signing.RoleNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys product …`: several products of one vendor in one repository.
@Command(
        name = "product",
        description = "Adds one more product to the repository.",
        mixinStandardHelpOptions = true,
        subcommands = ProductCommand.Add.class)
final class ProductCommand {
    /// One more product, which gets a vendor's directory of its own with the keys of its roles.
    @Command(
            name = "add",
            description = {
                "Adds a product: new keys for its releases and channels, which targets lets sign, in a",
                "vendor's directory of its own. Root and targets stay with this one."
            },
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Spec CommandSpec spec = CommandSpec.create();
        @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();

        @Parameters(paramLabel = "PRODUCT", description = "Its name.")
        String product = "";

        @Option(names = "--channel", required = true, description = "A channel; may be repeated.")
        List<String> channels = List.of();

        @Option(
                names = "--into",
                required = true,
                paramLabel = "DIRECTORY",
                description = "The new product's directory.")
        Path into = Path.of("");

        @Option(names = "--scheme", description = "How versions are written (default: as here).")
        @Nullable String scheme;

        @Option(names = "--no-passphrase", description = "Keep the private keys unencrypted.")
        boolean noPassphrase;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            InitCommand.requireProduct(product);
            channels.forEach(InitCommand::requireChannel);
            Vendor here = vendor.vendor();
            VendorSettings settings = here.settings().ofProduct(product, scheme);
            if (here.settings().product().equals(product)) {
                throw new RefusedException(
                        "product-exists",
                        product + " is the product of this directory. Nothing was changed.",
                        "To add a channel: versys channel add CHANNEL");
            }
            if (Vendor.isVendors(into)) {
                throw new RefusedException(
                        "vendor-exists",
                        into + " is a vendor's directory already. Nothing was changed.",
                        "Name one that does not exist yet with --into.");
            }
            char @Nullable [] passphrase = noPassphrase ? null : vendor.passphrases.choose();
            Map<String, NewRole> roles = new LinkedHashMap<>();
            String releases = RoleNames.releases(product);
            roles.put(releases, NewRole.releases(product, key(here, releases, passphrase)));
            for (String channel : channels) {
                String role = RoleNames.channel(product, channel);
                roles.put(role, NewRole.channel(product, channel, key(here, role, passphrase)));
            }
            var outcome =
                    RoleOptions.administration(here, vendor, out)
                            .addRoles(new ArrayList<>(roles.values()));
            List<String> online = here.moveTo(into, settings, roles.keySet());
            vendor.words(out)
                    .accept(
                            product
                                    + " is published from "
                                    + into
                                    + ", where the keys of its roles are now"
                                    + (online.isEmpty() ? "." : ", and a copy of the online key."));
            return Output.published(out, vendor, outcome);
        }

        private static TufKey key(Vendor vendor, String name, char @Nullable [] passphrase) {
            return vendor.keys()
                    .createMissing(name, passphrase == null ? null : passphrase.clone());
        }
    }
}
