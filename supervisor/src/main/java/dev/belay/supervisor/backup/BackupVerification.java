package dev.belay.supervisor.backup;

import dev.belay.packaging.archive.EntryNames;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.durable.CopiedEntry;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.database.DatabaseBackups;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Compares files with the lines of a manifest: nothing missing, nothing changed, nothing more.
final class BackupVerification implements ManifestFile.Reader {
    private static final int MAX_PROBLEMS = 100;

    private final Function<String, Path> places;
    private final Function<ManifestLine.Database, Path> databasePlaces;
    private final BackupListener listener;
    private final long totalBytes;
    private final Map<String, Set<String>> known = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long doneBytes;

    /// @param places where the copy of each source is
    /// @param databasePlaces where the copy of each database is
    BackupVerification(
            Function<String, Path> places,
            Function<ManifestLine.Database, Path> databasePlaces,
            long totalBytes,
            BackupListener listener) {
        this.places = places;
        this.databasePlaces = databasePlaces;
        this.totalBytes = totalBytes;
        this.listener = listener;
    }

    /// Looks for files that no line has named, after all lines.
    List<String> problems() throws IOException {
        for (Map.Entry<String, Set<String>> source : known.entrySet()) {
            findUnknown(places.apply(source.getKey()), source.getValue());
        }
        return problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS));
    }

    @Override
    public void line(ManifestLine line) throws IOException {
        switch (line) {
            case ManifestLine.Entry entry -> check(entry);
            case ManifestLine.Database database -> check(database);
            case ManifestLine.Header _, ManifestLine.Totals _, ManifestLine.End _ -> {}
        }
    }

    private void check(ManifestLine.Entry entry) {
        known.computeIfAbsent(entry.source(), _ -> new HashSet<>()).add(entry.path());
        Path file = places.apply(entry.source()).resolve(entry.path());
        try {
            BasicFileAttributes found =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            switch (entry.type()) {
                case FILE -> {
                    require(found.isRegularFile(), file, "is not a file any more");
                    require(found.size() == entry.size(), file, "has another size");
                    require(
                            Digests.ofFile(file).hex().equals(entry.sha256().orElse("")),
                            file,
                            "has another content");
                }
                case DIRECTORY -> require(found.isDirectory(), file, "is not a directory any more");
                case SYMLINK ->
                        require(
                                found.isSymbolicLink()
                                        && Files.readSymbolicLink(file)
                                                .toString()
                                                .equals(entry.link().orElse("")),
                                file,
                                "is not the same link any more");
            }
            require(
                    found.lastModifiedTime().toInstant().equals(entry.modified()),
                    file,
                    "has another time");
            require(
                    entry.type() == CopiedEntry.Type.SYMLINK || sameMode(entry, file),
                    file,
                    "has another mode");
        } catch (NoSuchFileException e) {
            problem(file, "is missing");
        } catch (IOException e) {
            problem(file, "cannot be read (" + e.getMessage() + ")");
        }
        doneBytes += entry.size();
        listener.progress(doneBytes, totalBytes);
    }

    /// A file system in memory has no modes.
    private static boolean sameMode(ManifestLine.Entry entry, Path file) throws IOException {
        return !file.getFileSystem().supportedFileAttributeViews().contains("unix")
                || ((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS)
                                & 0777)
                        == (entry.mode() & 0777);
    }

    private void check(ManifestLine.Database database) throws IOException {
        Path file = databasePlaces.apply(database);
        database.source()
                .ifPresent(source ->
                        known.computeIfAbsent(source, _ -> new HashSet<>())
                                .add(database.path().orElse("")));
        try {
            require(
                    Digests.ofFile(file).hex().equals(database.sha256()),
                    file,
                    "has another content");
            require(
                    DatabaseBackups.prove(database.engine(), file).equals(database.content()),
                    file,
                    "holds other rows");
        } catch (NoSuchFileException e) {
            problem(file, "is missing");
        } catch (IOException | BelayException e) {
            problem(file, "cannot be read (" + e.getMessage() + ")");
        }
        doneBytes += database.size();
        listener.progress(doneBytes, totalBytes);
    }

    private void findUnknown(Path root, Set<String> names) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        return visitFile(directory, attributes);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        require(
                                names.contains(root.relativize(file).toString()),
                                file,
                                "was not there when the backup was made");
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void require(boolean fine, Path file, String problem) {
        if (!fine) {
            problem(file, problem);
        }
    }

    private void problem(Path file, String what) {
        problems.add(EntryNames.printable(file.toString()) + " " + what);
    }
}
