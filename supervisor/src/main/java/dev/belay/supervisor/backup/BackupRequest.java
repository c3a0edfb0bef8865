package dev.belay.supervisor.backup;

import dev.belay.supervisor.database.DatabaseEngine;
import java.nio.file.Path;
import java.util.List;

/// What to back up.
///
/// @param kind what for
/// @param release the version that is installed; may be empty
/// @param reason why, for people
/// @param sources what is copied
/// @param databases what their engines back up; their own files are left out of the copies, and a
///   database of files must lie inside of one of the sources
/// @param excluded absolute paths that are left out, for example scratch directories
/// @param quiet whether the product is stopped: then every database is also compared with its
///   backup, row for row
public record BackupRequest(
        Backup.Kind kind,
        String release,
        String reason,
        List<Source> sources,
        List<DatabaseEngine> databases,
        List<Path> excluded,
        boolean quiet) {
    /// The reason of a backup that a person makes.
    public static final String ON_REQUEST = "on request";

    /// A directory or a single file.
    ///
    /// @param name what the backup calls it: `program`, `config`, `data`, `settings`
    /// @param path where it is; a link here is followed, links inside are copied as links
    public record Source(String name, Path path) {
        public Source {
            if (!name.matches("[a-z][a-z0-9-]{0,63}")) {
                throw new IllegalArgumentException("not a name for a source: " + name);
            }
        }
    }

    public BackupRequest {
        sources = List.copyOf(sources);
        databases = List.copyOf(databases);
        excluded = List.copyOf(excluded);
        if (sources.stream().map(Source::name).distinct().count() != sources.size()) {
            throw new IllegalArgumentException("two sources have the same name");
        }
    }
}
