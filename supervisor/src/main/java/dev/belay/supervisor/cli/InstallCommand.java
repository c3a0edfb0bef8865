package dev.belay.supervisor.cli;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.Installation;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.service.ProgramFailure;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `supervisor install`.
@Command(name = "install", description = "Puts a product on this host, into an empty home.")
final class InstallCommand implements Callable<Integer> {
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
            description = "The release. Default: the newest.")
    private @Nullable Version version;

    @Mixin private OfflineOptions offline = new OfflineOptions();

    @Option(names = "--no-start", description = "Do not start it.")
    private boolean noStart;

    // Not the standard help options: their --version is the supervisor's, ours is the release's.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        byte[] trusted = readRoot();
        Home home = new Home(directory);
        requireEmpty(home);
        home.create();
        writeSettings(home);
        if (!Files.exists(home.tuf().resolve("root.json"))) {
            Repositories.trust(home.tuf(), trusted);
        }
        HostParts parts = new Wiring(home, "supervisor install", offline.offline()).parts();
        Version installed;
        try (Progress shown = Progress.on(out)) {
            installed = new Installation(parts).install(Optional.ofNullable(version), shown);
        }
        if (!noStart) {
            start(parts, installed);
        }
        out.println(
                product
                        + " "
                        + installed
                        + " is installed in "
                        + home.root()
                        + (noStart
                                ? ". Start it with: supervisor start --home " + home.root()
                                : " and healthy."));
        out.flush();
        return 0;
    }

    private void start(HostParts parts, Version installed) {
        try {
            new ProductControl(parts).startHealthy();
        } catch (ProgramFailure failure) {
            throw failure.saying(
                    installed + " is installed in " + parts.home().root() + " all the same");
        }
    }

    /// What is there already would be taken for configuration and data of the product, or be in its
    /// way. A supervisor.yaml may wait there, and an installation that was cut off goes on.
    private static void requireEmpty(Home home) throws IOException {
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
                                "Name a directory that is empty or does not exist yet.");
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
