package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.merge.ConfigMergers;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.HttpReportSender;
import dev.belay.supervisor.transaction.HomeBackups;
import dev.belay.supervisor.transaction.HostParts;
import dev.belay.supervisor.transaction.HostUpdates;
import dev.belay.supervisor.transaction.LiveConfigValues;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// Puts the parts of a home together. Nothing is opened before it is used, so that a command pays
/// only for what it does.
final class Wiring {
    private final Home home;
    private final Settings settings;
    private final String command;

    /// @param command what this process does, for one who finds the home locked
    Wiring(Home home, String command) {
        this.home = home;
        this.settings = read(home);
        this.command = command;
    }

    Home home() {
        return home;
    }

    Settings settings() {
        return settings;
    }

    HomeBackups backups() {
        return new HomeBackups(home, settings, InstantSource.system());
    }

    /// @param aborted whether somebody asked the run to stop
    HostUpdates updates(BooleanSupplier aborted) {
        return new HostUpdates(parts(aborted));
    }

    HostUpdates updates() {
        return updates(() -> false);
    }

    HostParts parts(BooleanSupplier aborted) {
        String server = withoutSlash(settings.server());
        return new HostParts(
                home,
                settings,
                () -> repository(server),
                backups(),
                input -> ConfigMergers.merger(input.format()).merge(input),
                new LiveConfigValues(home),
                new HttpReportSender(
                        URI.create(server + "/api/v1/products/" + settings.product() + "/reports")),
                InstantSource.system(),
                aborted,
                command);
    }

    private TargetSource repository(String server) {
        if (!Files.exists(home.own("tuf").resolve("root.json"))) {
            throw new RefusedException(
                    "no-trusted-root",
                    "This home has no root.json of the vendor, so nothing from "
                            + server
                            + " can be verified. Nothing was changed.",
                    "Get root.json from the vendor, by a way you trust, and put it to "
                            + home.own("tuf").resolve("root.json"));
        }
        return Repositories.open(
                RepositoryLocation.below(URI.create(server + "/repository")),
                home.own("tuf"),
                InstantSource.system());
    }

    private static String withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static Settings read(Home home) {
        try {
            return Settings.parse(Files.readAllBytes(home.settings()), home.settings().toString());
        } catch (IOException e) {
            throw new BelayException(
                    "settings-unreadable",
                    home.settings() + " cannot be read: " + e.getMessage(),
                    "Run the command as the owner of the home, or as root.",
                    e);
        }
    }
}
