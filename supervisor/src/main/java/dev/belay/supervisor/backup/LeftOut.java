package dev.belay.supervisor.backup;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.database.DatabaseEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the copies of the sources leave out.
final class LeftOut {
    private LeftOut() {}

    /// Where a database file belongs.
    record Place(String source, String path) {}

    /// Real paths of excluded files and of the databases' own files.
    static Set<Path> of(BackupRequest request) throws IOException {
        Set<Path> paths = new HashSet<>();
        for (Path path : request.excluded()) {
            paths.add(real(path));
        }
        for (DatabaseEngine database : request.databases()) {
            for (Path path : database.ownFiles()) {
                paths.add(real(path));
            }
        }
        return paths;
    }

    /// The databases that exist: one whose file the product has not made yet needs no backup.
    static List<DatabaseEngine> present(BackupRequest request) {
        return request.databases().stream()
                .filter(database ->
                        database.ownFiles().isEmpty()
                                || Files.exists(database.ownFiles().getFirst()))
                .toList();
    }

    /// The source that a database of files lies in; empty for an engine behind a server.
    ///
    /// @throws RefusedException of kind `database-outside` if it lies in none
    static Optional<Place> place(DatabaseEngine database, BackupRequest request)
            throws IOException {
        if (database.ownFiles().isEmpty()) {
            return Optional.empty();
        }
        Path file = real(database.ownFiles().getFirst());
        for (BackupRequest.Source source : request.sources()) {
            Path root = source.path().toRealPath();
            if (file.startsWith(root) && !file.equals(root)) {
                return Optional.of(new Place(source.name(), root.relativize(file).toString()));
            }
        }
        throw new RefusedException(
                "database-outside",
                "The database " + file + " is in none of the directories that are backed up.",
                "Move it into a data path of the release.");
    }

    /// The path with all links in its directories resolved; the file itself need not exist.
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null || !Files.isDirectory(parent)
                ? absolute.normalize()
                : parent.toRealPath().resolve(absolute.getFileName());
    }
}
