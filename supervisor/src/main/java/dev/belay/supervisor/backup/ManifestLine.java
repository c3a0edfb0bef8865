package dev.belay.supervisor.backup;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.belay.packaging.durable.CopiedEntry;
import dev.belay.supervisor.database.DatabaseContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One line of `manifest.jsonl`: a header, one line for everything copied, the totals and the end.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "line")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ManifestLine.Header.class, name = "header"),
    @JsonSubTypes.Type(value = ManifestLine.Entry.class, name = "entry"),
    @JsonSubTypes.Type(value = ManifestLine.Database.class, name = "database"),
    @JsonSubTypes.Type(value = ManifestLine.Totals.class, name = "totals"),
    @JsonSubTypes.Type(value = ManifestLine.End.class, name = "end")
})
sealed interface ManifestLine {
    int FORMAT = 1;

    /// First line.
    record Header(int format, String id, Instant at, String release, String reason, boolean quiet)
            implements ManifestLine {}

    /// A file, directory or link.
    ///
    /// @param path below the source; empty for the source itself
    record Entry(
            String source,
            String path,
            CopiedEntry.Type type,
            int mode,
            int uid,
            int gid,
            Instant modified,
            long size,
            Optional<String> sha256,
            Optional<String> link,
            boolean stable)
            implements ManifestLine {}

    /// A database.
    ///
    /// @param file the backup below `databases/`
    /// @param source the source that its own file belongs to; empty for an engine behind a server
    /// @param path where in the source
    record Database(
            String name,
            String engine,
            String file,
            Optional<String> source,
            Optional<String> path,
            int mode,
            int uid,
            int gid,
            long size,
            String sha256,
            DatabaseContent content)
            implements ManifestLine {}

    /// Last line but one.
    record Totals(long files, long bytes, List<String> databases, long changing)
            implements ManifestLine {}

    /// Last line.
    ///
    /// @param sha256 digest of all bytes before this line
    record End(String sha256) implements ManifestLine {}
}
