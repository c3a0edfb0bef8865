package dev.belay.supervisor.status;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// What is now, as `status.json` keeps it and `supervisor status --json` prints it.
///
/// @param product name of the product
/// @param channel the channel this host follows
/// @param installed the current version; null on an empty home
/// @param available the newest version this host could move to, as of `checkedAt`; null if none
/// @param checkedAt when the repository was last read and verified; null if never
/// @param state what the supervisor is doing, or whether a person must look
/// @param last the last run that changed something or tried to; null if there was none
/// @param probationUntil until when the installed release may still turn out ill and be left again,
///   as far as the policy `rollback` allows; null if it is not on probation
/// @param rejected versions that failed here and are not offered
/// @param unfinished which run was interrupted and what happens next, in words; null if none was
/// @param service the product's process
/// @param warnings what the last look at the channel warned of, in words
public record HostStatus(
        String product,
        String channel,
        @Nullable Version installed,
        @Nullable Version available,
        @Nullable Instant checkedAt,
        State state,
        @Nullable LastRun last,
        @Nullable Instant probationUntil,
        List<RejectedRelease> rejected,
        @Nullable String unfinished,
        ServiceState service,
        List<String> warnings) {

    /// What the supervisor is doing.
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum State {
        /// Nothing is going on.
        IDLE,
        /// A run holds the home right now.
        UPDATING,
        /// A run was interrupted; the next command or the agent brings it to an end.
        INTERRUPTED,
        /// A rollback failed: a person must look.
        NEEDS_ATTENTION
    }

    /// The end of the last run.
    ///
    /// @param transaction its id
    /// @param run what it was for
    /// @param from the version before it
    /// @param to the version it was to reach
    /// @param outcome how it ended
    /// @param kind the failure kind; null if it succeeded and nothing else turned out since
    /// @param message the same in words
    public record LastRun(
            String transaction,
            RunKind run,
            Instant at,
            Version from,
            Version to,
            RunOutcome outcome,
            @Nullable String kind,
            String message) {
        /// The same with what turned out afterwards.
        public LastRun with(String failure, String words) {
            return new LastRun(transaction, run, at, from, to, outcome, failure, words);
        }

        public LastRun {
            // as earlier supervisors wrote it
            run = run == null ? RunKind.UPDATE : run;
            outcome = outcome == RunOutcome.UPDATED ? run.done() : outcome;
        }
    }

    /// The product's process.
    ///
    /// @param running whether it runs
    /// @param words for example `process 4711 since 2026-01-02 03:04:05 UTC`
    public record ServiceState(boolean running, String words) {}

    public HostStatus {
        rejected = List.copyOf(rejected);
        warnings = List.copyOf(warnings);
    }
}
