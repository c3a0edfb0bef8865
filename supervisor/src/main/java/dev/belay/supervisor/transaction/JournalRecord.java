package dev.belay.supervisor.transaction;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
sealed interface JournalRecord {
    Instant at();

    /// A run begins. Nothing is changed but caches and staging.
    ///
    /// @param chain the versions to walk, `from` first
    /// @param source the offline file that the releases come from, with the staleness that the
    ///   admin accepted for it, in words; null if they come from the vendor's repository or from
    ///   this host
    record RunBegun(Instant at, String transaction, List<String> chain, @Nullable String source)
            implements JournalRecord {
        RunBegun(Instant at, String transaction, List<String> chain) {
            this(at, transaction, chain, null);
        }

        String from() {
            return chain.getFirst();
        }

        String to() {
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
    record RunEnded(Instant at, String outcome) implements JournalRecord {}
}
