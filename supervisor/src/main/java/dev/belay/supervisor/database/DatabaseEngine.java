package dev.belay.supervisor.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One database of the product, reached by its engine's own means of backup.
///
/// A backup is one file. All methods block; none is safe to be called twice at the same time for
/// the same database. A database that cannot be used is a
/// [dev.belay.packaging.failure.BelayException] of kind `database-unusable`.
public interface DatabaseEngine {
    /// The name under which release.yaml and supervisor.yaml know this database.
    String name();

    /// The engine, as in release.yaml: `sqlite`.
    String engine();

    /// The database's own files, which a copy of the directories around it must leave out: they are
    /// worthless or harmful when copied while in use. Empty for an engine behind a server.
    List<Path> ownFiles();

    /// About how many bytes a backup will have.
    long forecastBytes() throws IOException;

    /// Writes a consistent backup of one moment, durably; the database may be in use, or may have
    /// been left by a killed process.
    ///
    /// @param target does not exist yet
    void backUp(Path target) throws IOException;

    /// What the database holds now.
    DatabaseContent content();

    /// Opens a backup without changing it, lets the engine check it for damage, and reads it.
    DatabaseContent prove(Path backup);
}
