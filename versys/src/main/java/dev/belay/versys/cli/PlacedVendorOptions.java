package dev.belay.versys.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What a vendor's command takes unless its `--to` is something else: a channel, a version.
final class PlacedVendorOptions extends VendorOptions {
    @Option(names = "--to", paramLabel = "DIRECTORY", description = "The same as --repository.")
    void to(Path place) {
        repository = place;
    }
}
