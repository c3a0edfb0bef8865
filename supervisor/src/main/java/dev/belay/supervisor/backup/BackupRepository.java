package dev.belay.supervisor.backup;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.settings.Settings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The backups of one host, each in a directory of its own that only the supervisor may enter.
///
/// One writer at a time: the caller holds the home's lock. All methods block and do their input and
/// output on the calling thread.
public final class BackupRepository {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String ADOPTING = ".entry";

    private final Path root;
    private final Path own;
    private final InstantSource clock;

    /// @param root where backups are made; created by the first
    /// @param own where what runs set aside is listed: on the file system of the home
    public BackupRepository(Path root, Path own, InstantSource clock) {
        this.root = root.toAbsolutePath().normalize();
        this.own = own.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /// All in one place.
    public BackupRepository(Path root, InstantSource clock) {
        this(root, root, clock);
    }

    /// What a backup would take, and what is free.
    public BackupForecast forecast(BackupRequest request) throws IOException {
        return BackupScan.scan(request, Files.getFileStore(existing()).getUsableSpace());
    }

    /// Whether they lie on another file system than a place.
    boolean apartFrom(Path place) throws IOException {
        return !Files.getFileStore(existing()).equals(Files.getFileStore(place));
    }

    private Path existing() {
        Path existing = root;
        while (!Files.exists(existing)) {
            existing = DurableFiles.parentOf(existing);
        }
        return existing;
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
        BackupDirectory directory = newDirectory(root, at);
        try {
            new BackupCreation(directory, directory.id(), request, at, forecast, listener).run();
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

    /// Makes a backup of trees that a run took out of use, by renames: no byte is copied. May be
    /// repeated from any point at which it was cut off.
    ///
    /// @param trees holds `data` and perhaps `config`, of one moment with the product stopped
    /// @param release the version that they belong to
    /// @return in state `UNVERIFIED`; empty if nothing is there
    public Optional<Backup> adopt(Path trees, String release, String reason) throws IOException {
        BackupDirectory entry =
                new BackupDirectory(trees.resolveSibling(trees.getFileName() + ADOPTING));
        if (!Files.isDirectory(trees.resolve("data")) && !Files.isDirectory(entry.path())) {
            return Optional.empty();
        }
        List<BackupRequest.Source> sources = new ArrayList<>();
        for (String tree : List.of("config", "data")) {
            Path files = entry.files(tree);
            DurableFiles.createDirectories(
                    DurableFiles.parentOf(files), DurableFiles.PRIVATE_DIRECTORY);
            if (Files.isDirectory(trees.resolve(tree))) {
                DurableFiles.move(trees.resolve(tree), files);
            }
            if (Files.isDirectory(files)) {
                DurableFiles.syncTree(files); // a program wrote it, and most force nothing
                sources.add(new BackupRequest.Source(tree, files));
            }
        }
        DurableFiles.createDirectories(own, DurableFiles.PRIVATE_DIRECTORY);
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        BackupDirectory place = newDirectory(own, at);
        BackupRequest request =
                new BackupRequest(
                        Backup.Kind.SET_ASIDE,
                        release,
                        reason,
                        sources,
                        List.of(),
                        List.of(),
                        true);
        new BackupCreation(
                        entry,
                        place.id(),
                        request,
                        at,
                        new BackupForecast(0, 0, 0),
                        BackupListener.NONE)
                .describe();
        DurableFiles.move(entry.path(), place.path());
        return Optional.of(place.describe());
    }

    /// Whether trees that a run took out of use are on their way into the repository.
    public static boolean adopting(Path name) {
        return name.toString().endsWith(ADOPTING);
    }

    private BackupDirectory newDirectory(Path parent, Instant at) {
        String id = ID.format(at);
        for (int i = 2; exists(id); i++) {
            id = ID.format(at) + "-" + i;
        }
        return new BackupDirectory(parent.resolve(id));
    }

    private boolean exists(String id) {
        return roots().anyMatch(
                        place -> Files.exists(place.resolve(id), LinkOption.NOFOLLOW_LINKS));
    }

    private Stream<Path> roots() {
        return Stream.of(root, own).distinct();
    }

    private void removeLeftovers() throws IOException {
        for (Path path : directories()) {
            if (path.getFileName().toString().startsWith(DurableFiles.DELETING)
                    || !Files.exists(new BackupDirectory(path).manifest())) {
                DurableFiles.deleteTree(path);
            }
        }
    }

    /// All backups, oldest first; interrupted ones too.
    public List<Backup> list() throws IOException {
        List<Backup> backups = new ArrayList<>();
        for (Path path : directories()) {
            if (!path.getFileName().toString().startsWith(DurableFiles.DELETING)) {
                backups.add(new BackupDirectory(path).describe());
            }
        }
        return backups;
    }

    private List<Path> directories() throws IOException {
        List<Path> paths = new ArrayList<>();
        for (Path place : roots().toList()) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(place)) {
                for (Path child : children) {
                    if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                        paths.add(child);
                    }
                }
            } catch (NoSuchFileException e) {
                // no backup was made there yet
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
        return roots().map(place -> place.resolve(id))
                .filter(path ->
                        id.matches("[0-9A-Za-z][0-9A-Za-z-]{0,63}") && Files.isDirectory(path))
                .findFirst()
                .map(BackupDirectory::new)
                .orElseThrow(() ->
                        new RefusedException(
                                "no-such-backup",
                                "There is no backup " + id + ".",
                                "See what there is with: supervisor backup list."));
    }

    /// Keeps a backup whatever the limits say, or no longer.
    ///
    /// @throws RefusedException of kind `no-such-backup`
    public void pin(String id, boolean pinned) throws IOException {
        find(id).pinned(pinned);
    }

    /// Removes one backup because a person wants it.
    ///
    /// @throws RefusedException of kind `no-such-backup`, `backup-pinned`, or `last-backup` if no
    ///   other verified one would be left
    public void remove(String id) throws IOException {
        Backup backup = find(id).describe();
        if (backup.pinned()) {
            throw new RefusedException(
                    "backup-pinned",
                    "The backup " + id + " is pinned. Nothing was removed.",
                    "Let it go first: supervisor backup unpin " + id);
        }
        boolean others =
                list().stream()
                        .anyMatch(b ->
                                b.state() == Backup.State.VERIFIED && !b.id().equals(backup.id()));
        if (backup.state() == Backup.State.VERIFIED && !others) {
            throw new RefusedException(
                    "last-backup",
                    "The backup " + id + " is the only verified one. Nothing was removed.",
                    "Make another one first: supervisor backup create");
        }
        delete(id);
    }

    /// Removes what is beyond the limits.
    ///
    /// @return the ids of those removed
    public List<String> prune(Function<Backup.Kind, Settings.Limits> limits) throws IOException {
        List<Backup> superfluous = Pruning.superfluous(list(), limits, clock.instant());
        for (Backup backup : superfluous) {
            delete(backup.id());
        }
        return superfluous.stream().map(Backup::id).toList();
    }

    private void delete(String id) throws IOException {
        DurableFiles.deleteWhole(find(id).path());
    }
}
