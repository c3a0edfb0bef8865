package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.RoleAdministration;
import dev.belay.versys.publish.Vendor;
import java.io.PrintWriter;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What every command takes that changes who may sign a role.
final class RoleOptions {
    @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();

    @Parameters(
            index = "0",
            paramLabel = "ROLE",
            description =
                    "root, targets, PRODUCT-releases, PRODUCT-channel-CHANNEL; rotate also: online.")
    String role = "";

    @Option(
            names = "--threshold",
            description = "How many keys must sign from now on (default: as before).")
    @Nullable Integer threshold;

    @Mixin StageOption stage = new StageOption();

    OptionalInt threshold() {
        if (threshold != null && threshold < 1) {
            throw new RefusedException(
                    "threshold-invalid",
                    "With a threshold of " + threshold + " nobody would have to sign.",
                    "Give 1 or more. Nothing was changed.");
        }
        return threshold == null ? OptionalInt.empty() : OptionalInt.of(threshold);
    }

    RoleAdministration administration(PrintWriter out) {
        return administration(vendor.vendor().staging(stage.wanted), vendor, out);
    }

    static RoleAdministration administration(
            Vendor vendor, VendorOptions options, PrintWriter out) {
        return new RoleAdministration(vendor, options.passphrases, options.words(out));
    }
}
