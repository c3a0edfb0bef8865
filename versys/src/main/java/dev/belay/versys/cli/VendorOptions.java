package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.DirectoryEndpoint;
import dev.belay.versys.publish.PublishEndpoint;
import dev.belay.versys.publish.ServerEndpoint;
import dev.belay.versys.publish.Vendor;
import dev.belay.versys.publish.VendorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command of a vendor takes. Commands whose `--to` is free take [PlacedVendorOptions].
class VendorOptions {
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

    @Option(
            names = "--repository",
            paramLabel = "DIRECTORY",
            description =
                    "A repository in a directory that any web server can serve, in place of the one"
                            + " that versys.yaml names.")
    @Nullable Path repository;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Mixin Passphrases passphrases = new Passphrases();

    private final List<String> said = new ArrayList<>();

    Vendor vendor() {
        VendorSettings settings = VendorSettings.read(directory);
        return new Vendor(directory, settings, endpoint(settings), InstantSource.system());
    }

    PublishEndpoint endpoint(VendorSettings settings) {
        if (repository != null) {
            return inDirectory(repository);
        }
        return settings.server()
                .<PublishEndpoint>map(server -> new ServerEndpoint(server, this::token))
                .or(() -> settings.directory().map(path -> inDirectory(directory.resolve(path))))
                .orElseThrow(() ->
                        new RefusedException(
                                "no-repository",
                                "versys.yaml names neither a server nor a directory.",
                                "Begin a repository with versys publish --to DIRECTORY."));
    }

    DirectoryEndpoint inDirectory(Path place) {
        return new DirectoryEndpoint(
                place, directory.resolve("keys"), passphrases, InstantSource.system());
    }

    /// Where sentences for people go: to the terminal, or into the result if that is JSON.
    Consumer<String> words(PrintWriter out) {
        return words -> {
            if (json) {
                said.add(words);
            } else {
                out.println(words);
                out.flush();
            }
        };
    }

    /// The sentences that belong to a result in JSON: differences, findings, what comes next.
    List<String> said() {
        return List.copyOf(said);
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
