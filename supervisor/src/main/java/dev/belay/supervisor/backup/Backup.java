package dev.belay.supervisor.backup;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// What is known about one backup without reading all of it.
///
/// @param id sorts by time; also the name of its directory
/// @param at when it was begun
/// @param release the version that was installed then; empty if unknown
/// @param reason why it was made, for people
/// @param files how many files, directories and links
/// @param bytes sum of the sizes of files and databases
/// @param databases names of the databases in it
/// @param changing how many files changed under the copy, again and again, so that their content is
///   of no single moment; always 0 when the product was stopped
/// @param state how far it can be relied on
public record Backup(
        String id,
        Instant at,
        String release,
        String reason,
        long files,
        long bytes,
        List<String> databases,
        long changing,
        State state) {
    /// How far a backup can be relied on.
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum State {
        /// Interrupted while it was made. Removed by the next [BackupRepository#create].
        INCOMPLETE,
        /// Whole, but not read back yet.
        UNVERIFIED,
        /// Read back and found to be what was copied.
        VERIFIED,
        /// Read back and found damaged, or its manifest cannot be read.
        DAMAGED
    }

    public Backup {
        databases = List.copyOf(databases);
    }
}
