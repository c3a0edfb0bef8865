package dev.belay.supervisor.backup;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// What is known about one backup without reading all of it.
///
/// @param id sorts by time; also the name of its directory
/// @param at when it was begun
/// @param kind what it is for, which says how long it is kept
/// @param release the version that was installed then; empty if unknown
/// @param reason why it was made, for people
/// @param files how many files, directories and links
/// @param bytes sum of the sizes of files and databases
/// @param databases names of the databases in it
/// @param changing how many files changed under the copy, again and again, so that their content is
///   of no single moment; always 0 when the product was stopped
/// @param state how far it can be relied on
/// @param pinned whether a person wants it kept whatever the limits say
public record Backup(
        String id,
        Instant at,
        Kind kind,
        String release,
        String reason,
        long files,
        long bytes,
        List<String> databases,
        long changing,
        State state,
        boolean pinned) {
    /// What a backup is for.
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum Kind {
        /// Made by an update before it changes anything.
        BEFORE_UPDATE,
        /// Made by a person.
        ON_REQUEST,
        /// Was in use until a run put something else in its place.
        SET_ASIDE;

        /// As JSON names it: `set-aside`.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

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
