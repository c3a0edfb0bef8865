package dev.belay.supervisor.cli;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a home is made with, by `install` and by `adopt`.
final class NewHome {
    @Option(names = "--home", required = true, paramLabel = "DIR", description = "The new home.")
    private Path directory = Path.of("");

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            description = "Base address of the update server.")
    private String server = "";

    @Option(names = "--product", required = true, paramLabel = "NAME", description = "The product.")
    private String product = "";

    @Option(
            names = "--channel",
            defaultValue = "stable",
            paramLabel = "NAME",
            description = "The channel to follow. Default: ${DEFAULT-VALUE}.")
    private String channel = "";

    @Option(
            names = "--root",
            required = true,
            paramLabel = "FILE",
            description = "The vendor's root.json, from a source you trust.")
    private Path root = Path.of("");

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "The release. Default: the newest; for adopt, the one that is there.")
    private @Nullable Version version;

    @Mixin private OfflineOptions offline = new OfflineOptions();

    @Option(names = "--no-start", description = "Do not start it.")
    private boolean noStart;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            preprocessor = Answers.class,
            description = "Take these options from a YAML file: docs/adopt.md.")
    @SuppressWarnings("UnusedVariable") // its preprocessor puts the options in its place
    private @Nullable Path answers;

    // Not the standard help options: their --version is the supervisor's, ours is the release's.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    Home home() {
        return new Home(directory);
    }

    String product() {
        return product;
    }

    Optional<Version> version() {
        return Optional.ofNullable(version);
    }

    boolean starts() {
        return !noStart;
    }

    /// Makes the home, or goes on where that was cut off.
    Wiring make(String command) throws IOException {
        byte[] trusted = readRoot();
        requireEmpty(home());
        return make(home(), trusted, command);
    }

    /// The same somewhere else, to try what the home would do.
    Wiring rehearse(Path scratch, String command) throws IOException {
        Home home = new Home(scratch);
        if (Files.exists(home().settings())) {
            home.create();
            Files.copy(home().settings(), home.settings());
        }
        return make(home, readRoot(), command);
    }

    private Wiring make(Home home, byte[] trusted, String command) throws IOException {
        home.create();
        writeSettings(home);
        if (!Files.exists(home.tuf().resolve("root.json"))) {
            Repositories.trust(home.tuf(), trusted);
        }
        return new Wiring(home, command, offline.offline());
    }

    /// What is there already would be taken for configuration and data of the product, or be in its
    /// way. A supervisor.yaml may wait there, and what was cut off goes on.
    static void requireEmpty(Home home) throws IOException {
        if (!Files.isDirectory(home.root()) || Files.isDirectory(home.own())) {
            return;
        }
        try (Stream<Path> entries = Files.list(home.root())) {
            entries.filter(entry -> !entry.equals(home.settings()))
                    .findFirst()
                    .ifPresent(entry -> {
                        throw new RefusedException(
                                "home-not-empty",
                                home.root()
                                        + " is not empty: there is "
                                        + entry.getFileName()
                                        + ". Nothing was changed.",
                                "Name a directory that is empty or does not exist yet. If the"
                                        + " product is installed there, take it over: supervisor"
                                        + " adopt "
                                        + home.root()
                                        + " --home DIR");
                    });
        }
    }

    private byte[] readRoot() {
        try {
            return Files.readAllBytes(root);
        } catch (IOException e) {
            throw new RefusedException(
                    "root-unreadable",
                    "The root " + root + " cannot be read. Nothing was changed.",
                    "Get root.json from the vendor, by a way you trust.",
                    e);
        }
    }

    /// An existing file is the admin's; it is kept as it is.
    private void writeSettings(Home home) throws IOException {
        if (!Files.exists(home.settings())) {
            DurableFiles.write(
                    home.settings(),
                    """
                    product: %s
                    server: "%s"
                    channel: %s
                    """
                            .formatted(product, server, channel)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }
}
