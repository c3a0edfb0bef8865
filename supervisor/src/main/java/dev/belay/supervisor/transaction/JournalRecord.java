package dev.belay.supervisor.transaction;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a transaction's journal. An intent is written before its act, a result after it; the
/// journal is all that recovery needs to know.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalRecord.RunBegun.class, name = "run-begun"),
    @JsonSubTypes.Type(value = JournalRecord.HopBegun.class, name = "hop-begun"),
    @JsonSubTypes.Type(value = JournalRecord.StepBegun.class, name = "step-begun"),
    @JsonSubTypes.Type(value = JournalRecord.StepDone.class, name = "step-done"),
    @JsonSubTypes.Type(value = JournalRecord.Committed.class, name = "committed"),
    @JsonSubTypes.Type(value = JournalRecord.RollbackBegun.class, name = "rollback-begun"),
    @JsonSubTypes.Type(value = JournalRecord.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = JournalRecord.RollbackFailed.class, name = "rollback-failed"),
    @JsonSubTypes.Type(value = JournalRecord.RunEnded.class, name = "run-ended")
})
public sealed interface JournalRecord {
    Instant at();

    /// A run begins. Nothing is changed but caches and staging.
    ///
    /// @param kind what for
    /// @param chain the versions to walk, the installed one first
    /// @param onFailure where it ends if a later hop fails
    /// @param source the offline file that the releases come from, with the staleness that the
    ///   admin accepted for it, in words; null if they come from the vendor's repository or from
    ///   this host
    /// @param resting whether a person had stopped the product before, so that it is stopped again
    ///   at the end
    record RunBegun(
            Instant at,
            String transaction,
            RunKind kind,
            List<Version> chain,
            ChainPolicy onFailure,
            @Nullable String source,
            boolean resting)
            implements JournalRecord {
        public RunBegun {
            // as earlier supervisors wrote it
            kind = kind == null ? RunKind.UPDATE : kind;
            onFailure = onFailure == null ? ChainPolicy.STOP : onFailure;
            chain = List.copyOf(chain);
        }

        /// The version before the run.
        public Version from() {
            return chain.getFirst();
        }

        /// The version it was to reach.
        public Version to() {
            return chain.getLast();
        }
    }

    /// A hop begins; all that it will change is named here.
    record HopBegun(Instant at, HopIntent hop) implements JournalRecord {}

    /// A step is about to begin.
    record StepBegun(Instant at, int hop, Step step) implements JournalRecord {}

    /// A step ended well.
    record StepDone(Instant at, int hop, Step step) implements JournalRecord {}

    /// The hop's version is the installed one from here on.
    record Committed(Instant at, int hop) implements JournalRecord {}

    /// The hop failed and is about to be put back.
    record RollbackBegun(Instant at, int hop, Failure cause) implements JournalRecord {}

    /// The version before the hop runs again, as it was.
    record RolledBack(Instant at, int hop) implements JournalRecord {}

    /// Putting back failed.
    record RollbackFailed(Instant at, int hop, Failure cause, Failure rollback)
            implements JournalRecord {}

    /// The run is over and accounted for.
    record RunEnded(Instant at, RunOutcome outcome) implements JournalRecord {}
}
