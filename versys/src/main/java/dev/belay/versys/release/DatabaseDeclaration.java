package dev.belay.versys.release;

/// A database that is backed up and restored together with the files.
///
/// @param name for messages and backups, for example `main`
/// @param engine who keeps it
/// @param file where the database file lies, relative to the release, inside a data path
public record DatabaseDeclaration(String name, Engine engine, String file) {
    /// Database engines that Belay can back up.
    public enum Engine {
        /// SQLite 3, by its own online backup.
        SQLITE
    }
}
