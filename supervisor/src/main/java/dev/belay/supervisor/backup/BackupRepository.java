package dev.belay.supervisor.backup;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The backups of one host, each in a directory of its own that only the supervisor may enter.
///
/// One writer at a time: the caller holds the home's lock. All methods block and do their input and
/// output on the calling thread.
public final class BackupRepository {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String DELETING = ".deleting-";

    private final Path root;
    private final InstantSource clock;

    /// @param root `<home>/.supervisor/backups`; created by the first backup
    public BackupRepository(Path root, InstantSource clock) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /// What a backup would take, and what is free.
    public BackupForecast forecast(BackupRequest request) throws IOException {
        Path existing = root;
        while (!Files.exists(existing)) {
            existing = DurableFiles.parentOf(existing);
        }
        return BackupScan.scan(request, Files.getFileStore(existing).getUsableSpace());
    }

    /// Makes a backup. Removes what interrupted backups have left before. A backup that fails
    /// leaves nothing behind.
    ///
    /// @return in state `UNVERIFIED`
    /// @throws RefusedException before anything is written: `backup-inside-source`, `disk-full`,
    ///   `database-outside`
    public Backup create(BackupRequest request, BackupListener listener) throws IOException {
        requireApart(request);
        removeLeftovers();
        BackupForecast forecast = forecast(request);
        if (!forecast.fits()) {
            throw new RefusedException(
                    "disk-full",
                    "No backup was made: it needs about "
                            + forecast.bytes()
                            + " bytes, and "
                            + forecast.freeBytes()
                            + " are free in "
                            + root
                            + ".",
                    "Make room, or let the backups go to another disk (backups.directory).");
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        BackupDirectory directory = newDirectory(at);
        try {
            new BackupCreation(directory, request, at, forecast, listener).run();
        } catch (IOException | RuntimeException failure) {
            try {
                DurableFiles.deleteTree(directory.path());
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        return directory.describe();
    }

    /// A backup inside of what it backs up would hold itself.
    private void requireApart(BackupRequest request) throws IOException {
        Path real = Files.exists(root) ? root.toRealPath() : root;
        for (BackupRequest.Source source : request.sources()) {
            Path path = source.path().toRealPath();
            if (real.startsWith(path) || path.startsWith(real)) {
                throw new RefusedException(
                        "backup-inside-source",
                        "No backup was made: the backups in "
                                + root
                                + " and the backed-up "
                                + path
                                + " lie in one another.",
                        "Let the backups go to another directory (backups.directory).");
            }
        }
    }

    private BackupDirectory newDirectory(Instant at) {
        String id = ID.format(at);
        Path path = root.resolve(id);
        for (int i = 2; Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
            path = root.resolve(id + "-" + i);
        }
        return new BackupDirectory(path);
    }

    private void removeLeftovers() throws IOException {
        for (Path path : directories()) {
            if (path.getFileName().toString().startsWith(DELETING)
                    || !Files.exists(new BackupDirectory(path).manifest())) {
                DurableFiles.deleteTree(path);
            }
        }
    }

    /// All backups, oldest first; interrupted ones too.
    public List<Backup> list() throws IOException {
        List<Backup> backups = new ArrayList<>();
        for (Path path : directories()) {
            if (!path.getFileName().toString().startsWith(DELETING)) {
                backups.add(new BackupDirectory(path).describe());
            }
        }
        return backups;
    }

    private List<Path> directories() throws IOException {
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
                for (Path child : children) {
                    if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                        paths.add(child);
                    }
                }
            }
        }
        paths.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return paths;
    }

    /// Reads a whole backup back, compares it with its manifest, lets the engines check their
    /// databases, and remembers the outcome.
    ///
    /// @throws RefusedException of kind `no-such-backup`
    public BackupCheck verify(String id, BackupListener listener) throws IOException {
        BackupDirectory directory = find(id);
        Backup backup = directory.describe();
        if (backup.state() == Backup.State.INCOMPLETE) {
            return new BackupCheck(id, List.of("the backup was interrupted while it was made"));
        }
        BackupCheck check = new BackupCheck(id, problems(directory, backup, listener));
        directory.rememberVerdict(check.intact());
        return check;
    }

    private static List<String> problems(
            BackupDirectory directory, Backup backup, BackupListener listener) throws IOException {
        BackupVerification verification =
                new BackupVerification(
                        directory::files,
                        database -> directory.databases().resolve(database.file()),
                        backup.bytes(),
                        listener);
        try {
            ManifestFile.read(directory.manifest(), verification);
        } catch (DamagedManifestException e) {
            return List.of(directory.manifest() + " is not as it was written");
        }
        return verification.problems();
    }

    /// Whether a backup holds a source, for example `program`.
    ///
    /// @throws RefusedException of kind `backup-damaged`, `backup-incomplete` or `no-such-backup`
    public boolean holds(String id, String source) throws IOException {
        return restoring(id, BackupListener.NONE).sources().contains(source);
    }

    /// Copies a backup into a directory that does not exist or is empty, as `<source>/...`, and
    /// compares the copy with the manifest.
    ///
    /// @throws RefusedException of kind `backup-damaged`, `backup-incomplete` or `no-such-backup`;
    ///   the directory is removed then
    public void restoreTo(String id, Path directory, BackupListener listener) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                if (children.iterator().hasNext()) {
                    throw new RefusedException(
                            "not-empty",
                            "Nothing was restored: " + directory + " is not empty.",
                            "Name a directory that does not exist yet.");
                }
            }
        }
        restoring(id, listener).restoreTo(directory);
    }

    private BackupRestore restoring(String id, BackupListener listener) throws IOException {
        BackupDirectory directory = find(id);
        Backup backup = directory.describe();
        if (backup.state() == Backup.State.INCOMPLETE) {
            throw new RefusedException(
                    "backup-incomplete",
                    "The backup "
                            + id
                            + " was interrupted while it was made; nothing was restored.",
                    "Choose another backup with: supervisor backup list.");
        }
        try {
            return new BackupRestore(directory, backup.bytes(), listener);
        } catch (DamagedManifestException e) {
            throw new RefusedException(
                    "backup-damaged",
                    "The manifest of the backup " + id + " is damaged; nothing was restored.",
                    "Choose another backup with: supervisor backup list.",
                    e);
        }
    }

    private BackupDirectory find(String id) {
        Path path = root.resolve(id);
        if (!id.matches("[0-9A-Za-z][0-9A-Za-z-]{0,63}") || !Files.isDirectory(path)) {
            throw new RefusedException(
                    "no-such-backup",
                    "There is no backup " + id + ".",
                    "See what there is with: supervisor backup list.");
        }
        return new BackupDirectory(path);
    }

    /// Removes old backups: all but the newest ones that are not damaged. Never removes the newest
    /// verified one. Each is renamed before it is removed, so that half of one is never taken for a
    /// whole.
    ///
    /// @param keep how many are kept, at least 1
    /// @return the ids of those removed
    public List<String> prune(int keep) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep at least one backup");
        }
        List<String> removed = new ArrayList<>();
        for (Backup backup : superfluous(keep)) {
            Path path = root.resolve(backup.id());
            Path deleting = root.resolve(DELETING + backup.id());
            DurableFiles.move(path, deleting);
            DurableFiles.deleteTree(deleting);
            removed.add(backup.id());
        }
        return removed;
    }

    private List<Backup> superfluous(int keep) throws IOException {
        List<Backup> whole = new ArrayList<>();
        Set<Backup> kept = new HashSet<>();
        for (Backup backup : list().reversed()) {
            if (backup.state() != Backup.State.INCOMPLETE) {
                whole.addFirst(backup);
                if (backup.state() != Backup.State.DAMAGED && kept.size() < keep) {
                    kept.add(backup);
                }
            }
        }
        whole.reversed().stream()
                .filter(backup -> backup.state() == Backup.State.VERIFIED)
                .findFirst()
                .ifPresent(kept::add);
        whole.removeAll(kept);
        return kept.isEmpty() ? List.of() : whole;
    }
}
