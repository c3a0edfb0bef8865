package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.LiveConfigValues;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.ReleaseSource;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.service.Programs;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.HttpReportSender;
import dev.belay.supervisor.status.Outbox;
import dev.belay.versys.client.OfflineFile;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.client.TransferLimits;
import dev.belay.versys.client.TrustStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Puts the parts of a home together. Nothing is opened before it is used, so that a command pays
/// only for what it does.
final class Wiring {
    private final Home home;
    private final Settings settings;
    private final String command;
    private final Optional<ReleaseSource.Offline> offline;

    /// @param command what this process does, for one who finds the home locked
    Wiring(Home home, String command) {
        this(home, command, Optional.empty());
    }

    /// @param offline where releases come from instead of the server; then nothing here uses the
    ///   network
    Wiring(Home home, String command, Optional<ReleaseSource.Offline> offline) {
        this(home, home.settings(), command, offline);
    }

    /// As above for a home whose settings are elsewhere: the supervisor's own installation.
    Wiring(Home home, Path settings, String command, Optional<ReleaseSource.Offline> offline) {
        this.home = home;
        this.settings = read(settings);
        this.command = command;
        this.offline = offline;
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

    HostUpdates updates() {
        return new HostUpdates(parts());
    }

    HostParts parts() {
        String server = withoutSlash(settings.server());
        return new HostParts(
                home,
                settings,
                source(server),
                backups(),
                new LiveConfigValues(home),
                offline.isPresent() ? _ -> false : sender(server),
                InstantSource.system(),
                Interruption.request(),
                command,
                Programs.OF_HOST);
    }

    private Outbox.Sender sender(String server) {
        return new HttpReportSender(
                URI.create(server + "/api/v1/products/" + settings.product() + "/reports"));
    }

    private ReleaseSource source(String server) {
        return offline.<ReleaseSource>map(OfflineSource::new).orElse(() -> repository(server));
    }

    private final class OfflineSource implements ReleaseSource {
        private final Offline file;

        OfflineSource(Offline file) {
            this.file = file;
        }

        @Override
        public TargetSource open() {
            requireRoot(file.file().toString());
            return OfflineFile.open(
                    file.file(), trust(), InstantSource.system(), file.acceptedStaleness());
        }

        @Override
        public Optional<Offline> offline() {
            return Optional.of(file);
        }
    }

    private TargetSource repository(String server) {
        requireRoot(server);
        return Repositories.open(
                RepositoryLocation.below(URI.create(server + "/repository")),
                trust(),
                InstantSource.system(),
                limits());
    }

    /// When a transfer is given up on this host.
    TransferLimits limits() {
        return settings.floorSpeed()
                .map(TransferLimits.DEFAULT::withFloor)
                .orElse(TransferLimits.DEFAULT);
    }

    private TrustStore trust() {
        return new TrustStore(home.tuf(), Optional.of(home.seen()));
    }

    private void requireRoot(String from) {
        if (!trust().hasRoot()) {
            throw new RefusedException(
                    "no-trusted-root",
                    "This home has no root.json of the vendor, so nothing from "
                            + from
                            + " can be verified. Nothing was changed.",
                    "Get root.json from the vendor, by a way you trust, and put it to "
                            + home.tuf().resolve("root.json"));
        }
    }

    private static String withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static Settings read(Path file) {
        try {
            return Settings.parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new BelayException(
                    "settings-unreadable",
                    file + " cannot be read: " + e.getMessage(),
                    "Run the command as the owner of the home, or as root.",
                    e);
        }
    }
}
