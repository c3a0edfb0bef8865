package dev.belay.supervisor.backup;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.database.DatabaseEngine;
import dev.belay.supervisor.database.SqliteDatabase;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.words.Bytes;
import dev.belay.versys.release.DatabaseDeclaration;
import dev.belay.versys.release.ReleaseDescriptor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Backups of a home's config, data and databases in its backup repository: the second line of
/// defence. The first is that a hop sets the originals aside untouched.
public final class HomeBackups {
    private final Home home;
    private final BackupRepository repository;
    private final Settings.Backups settings;

    /// A backup that was made.
    ///
    /// @param id its name in the backup repository
    /// @param bytes its size
    public record Made(String id, long bytes) {}

    public HomeBackups(Home home, Settings settings, InstantSource clock) {
        this.home = home;
        this.repository = new BackupRepository(directory(home, settings), home.backups(), clock);
        this.settings = settings.backups();
    }

    private static Path directory(Home home, Settings settings) {
        return settings.backups()
                .directory()
                .map(d -> home.root().resolve(d))
                .orElse(home.backups());
    }

    /// The repository itself, for `supervisor backup`.
    public BackupRepository repository() {
        return repository;
    }

    /// Whether backups lie on another file system than the home.
    public boolean apart() {
        try {
            return repository.apartFrom(home.root());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look where backups lie", e);
        }
    }

    /// Finds out, while the product still runs, whether backups could be made.
    ///
    /// @param release what would be backed up
    /// @param times how often
    /// @throws RefusedException if not
    public void check(ReleaseDescriptor release, int times) {
        try {
            BackupForecast forecast = repository.forecast(request(release, "", true));
            if (!forecast.fits(times)) {
                throw new RefusedException(
                        "disk-full",
                        (times == 1 ? "The backup needs " : "The " + times + " backups need ")
                                + Bytes.words(times * forecast.bytes())
                                + ", and "
                                + Bytes.words(forecast.freeBytes())
                                + " are free where it goes. Nothing was changed.",
                        "Free some space, or set backups.directory in supervisor.yaml.");
            }
            for (DatabaseEngine database : databases(release)) {
                database.content();
            }
        } catch (RefusedException e) {
            throw e;
        } catch (BelayException e) {
            throw new RefusedException(
                    e.kind(), e.getMessage() + " Nothing was changed.", e.help(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at what a backup would hold", e);
        }
    }

    /// Copies everything, durably. The product is stopped.
    ///
    /// @param release what is backed up: its layout and databases
    /// @param reason why, for people
    /// @param progress hears of the bytes copied so far
    /// @throws BelayException if it is not complete
    public Made create(ReleaseDescriptor release, String reason, LongConsumer progress) {
        return create(request(release, reason, true), progress);
    }

    /// Backs up the program too, so that the backup can be restored when its release is no longer
    /// unpacked.
    ///
    /// @param quiet whether the product is stopped
    public Made createWithProgram(Deployment installed, String reason, boolean quiet) {
        BackupRequest plain = request(installed.descriptor(), reason, quiet);
        List<BackupRequest.Source> sources = new ArrayList<>(plain.sources());
        sources.add(new BackupRequest.Source("program", installed.directory()));
        List<Path> scratch =
                installed.descriptor().layout().scratch().stream()
                        .map(s -> installed.directory().resolve(s.path()))
                        .toList();
        return create(
                new BackupRequest(
                        Backup.Kind.ON_REQUEST,
                        plain.release(),
                        reason,
                        sources,
                        plain.databases(),
                        scratch,
                        quiet),
                _ -> {});
    }

    private Made create(BackupRequest request, LongConsumer progress) {
        try {
            Backup backup = repository.create(request, (done, _) -> progress.accept(done));
            return new Made(backup.id(), backup.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the backup could not be made", e);
        }
    }

    /// Reads the backup back and compares every byte with its digest and every database with its
    /// engine's own check.
    ///
    /// @throws BelayException `backup-damaged` if it is not usable
    public void prove(String id) {
        try {
            BackupCheck check = repository.verify(id, BackupListener.NONE);
            if (!check.intact()) {
                throw new BelayException(
                        "backup-damaged",
                        "The backup "
                                + id
                                + " is not what was copied: "
                                + String.join("; ", check.problems()),
                        "Check the disk that holds the backups.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the backup could not be read back", e);
        }
    }

    /// Removes backups that are no longer needed; its own late step.
    public void prune() {
        try {
            repository.prune(this::limits);
        } catch (IOException e) {
            throw new UncheckedIOException("old backups could not be removed", e);
        }
    }

    /// The releases without which what was set aside could not be brought back.
    public List<Version> releasesOfSetAside() {
        try {
            return repository.list().stream()
                    .filter(b -> b.kind() == Backup.Kind.SET_ASIDE && !b.release().isEmpty())
                    .map(b -> Version.of(b.release()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the backups cannot be listed", e);
        }
    }

    private Settings.Limits limits(Backup.Kind kind) {
        return switch (kind) {
            case BEFORE_UPDATE -> settings.beforeUpdate();
            case SET_ASIDE -> settings.setAside();
            case ON_REQUEST -> settings.onRequest();
        };
    }

    /// Takes trees that a run took out of use among the backups.
    ///
    /// @return its id; empty if there is nothing to take
    public Optional<String> adopt(Path trees, Version release, String reason) {
        try {
            return repository.adopt(trees, release.text(), reason).map(Backup::id);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list what was set aside as a backup", e);
        }
    }

    private BackupRequest request(ReleaseDescriptor release, String reason, boolean quiet) {
        return new BackupRequest(
                Backup.Kind.BEFORE_UPDATE,
                release.version().text(),
                reason,
                List.of(
                        new BackupRequest.Source("config", home.config()),
                        new BackupRequest.Source("data", home.data())),
                databases(release),
                List.of(),
                quiet);
    }

    /// A database that the product has not made yet needs no backup.
    private List<DatabaseEngine> databases(ReleaseDescriptor release) {
        return release.databases().stream()
                .filter(d -> Files.exists(home.data().resolve(d.file())))
                .map(this::engine)
                .toList();
    }

    private DatabaseEngine engine(DatabaseDeclaration declared) {
        return switch (declared.engine()) {
            case SQLITE ->
                    new SqliteDatabase(declared.name(), home.data().resolve(declared.file()));
        };
    }
}
