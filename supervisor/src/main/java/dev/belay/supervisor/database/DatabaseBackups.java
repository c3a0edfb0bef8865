package dev.belay.supervisor.database;

import dev.belay.packaging.failure.BelayException;
import java.nio.file.Path;

/// Reads backups whose database need not exist any more.
public final class DatabaseBackups {
    private DatabaseBackups() {}

    /// Checks a backup for damage and reads what it holds, without changing it.
    ///
    /// @param engine as [DatabaseEngine#engine] said when the backup was made
    /// @throws BelayException of kind `database-unusable` if it is damaged or of an unknown engine
    public static DatabaseContent prove(String engine, Path backup) {
        return switch (engine) {
            case SqliteDatabase.ENGINE -> SqliteDatabase.proveFile(backup);
            default ->
                    throw new BelayException(
                            "database-unusable",
                            "The backup " + backup + " is of the unknown engine " + engine + ".",
                            "Use the version of the supervisor that made it.");
        };
    }
}
