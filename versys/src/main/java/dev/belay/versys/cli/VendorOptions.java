package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.DirectoryEndpoint;
import dev.belay.versys.publish.PublishEndpoint;
import dev.belay.versys.publish.ServerEndpoint;
import dev.belay.versys.publish.Vendor;
import dev.belay.versys.publish.VendorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command of a vendor takes.
final class VendorOptions {
    @Option(
            names = "--dir",
            defaultValue = ".",
            paramLabel = "VENDOR",
            description = "The vendor's directory (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of(".");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the server's token (default: VENDOR/token).")
    @Nullable Path tokenFile;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Mixin Passphrases passphrases = new Passphrases();

    Vendor vendor() {
        VendorSettings settings = VendorSettings.read(directory);
        return new Vendor(directory, settings, endpoint(settings), InstantSource.system());
    }

    PublishEndpoint endpoint(VendorSettings settings) {
        return settings.server()
                .<PublishEndpoint>map(server -> new ServerEndpoint(server, this::token))
                .orElseGet(() ->
                        new DirectoryEndpoint(
                                directory.resolve(settings.directory().orElseThrow()),
                                InstantSource.system()));
    }

    private String token() {
        Path file = tokenFile == null ? directory.resolve("token") : tokenFile;
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new RefusedException(
                    "token-missing",
                    "Cannot read the server's token from " + file + ".",
                    "Name the file with --token-file. Nothing was published.",
                    e);
        }
    }
}
