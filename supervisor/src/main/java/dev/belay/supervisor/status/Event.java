package dev.belay.supervisor.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One line of `events.jsonl`: something that happened, or how far a step is. CLI progress, the
/// page and the history all read it. The names are the format; `hop` is 1-based and 0 for what
/// comes before the first one.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Available.class, name = "available"),
    @JsonSubTypes.Type(value = Event.StalenessAccepted.class, name = "staleness-accepted"),
    @JsonSubTypes.Type(value = Event.ProbationFailed.class, name = "probation-failed"),
    @JsonSubTypes.Type(value = Event.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = Event.Foreseen.class, name = "foreseen"),
    @JsonSubTypes.Type(value = Event.HopBegun.class, name = "hop-begun"),
    @JsonSubTypes.Type(value = Event.StepBegun.class, name = "step-begun"),
    @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Event.StepDone.class, name = "step-done"),
    @JsonSubTypes.Type(value = Event.Committed.class, name = "committed"),
    @JsonSubTypes.Type(value = Event.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Event.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = Event.NotRolledBack.class, name = "not-rolled-back"),
    @JsonSubTypes.Type(value = Event.Recovered.class, name = "recovered"),
    @JsonSubTypes.Type(value = Event.Ended.class, name = "ended")
})
public sealed interface Event {
    /// When it happened.
    Instant at();

    /// The same in words, for people.
    String message();

    /// A newer release was found.
    record Available(Instant at, Version version, String message) implements Event {}

    /// An admin accepts an offline file although its metadata ran out; the message says which file
    /// and how long ago it may have been.
    record StalenessAccepted(Instant at, String message) implements Event {}

    /// The installed release turned out ill while it was on probation.
    record ProbationFailed(Instant at, Version version, String message) implements Event {}

    /// What belongs to a run.
    sealed interface OfRun extends Event {
        /// Id of the run.
        String transaction();
    }

    /// A run began, with looking at what it needs.
    ///
    /// @param run what for
    record Begun(
            Instant at, String transaction, RunKind run, Version from, Version to, String message)
            implements OfRun {
        public Begun {
            Objects.requireNonNull(from);
            Objects.requireNonNull(to);
        }
    }

    /// What is going to be written to prepare the run, before anything is.
    record Foreseen(Instant at, String transaction, String message) implements OfRun {}

    /// A hop began.
    record HopBegun(Instant at, String transaction, int hop, Version from, Version to)
            implements OfRun {
        public HopBegun {
            Objects.requireNonNull(from);
            Objects.requireNonNull(to);
        }

        @Override
        @JsonProperty
        public String message() {
            return from + " -> " + to + " hop " + hop;
        }
    }

    /// A step of a hop, or of the preparation, began.
    record StepBegun(Instant at, String transaction, int hop, Step step, String message)
            implements OfRun {}

    /// How far a step is. At most a few per second.
    ///
    /// @param done bytes so far
    /// @param total bytes in all
    record Progress(Instant at, String transaction, int hop, Step step, long done, long total)
            implements OfRun {
        @Override
        public String message() {
            return "";
        }
    }

    /// A step ended well; the message is its result, or empty.
    record StepDone(Instant at, String transaction, int hop, Step step, String message)
            implements OfRun {}

    /// A hop was committed: its version is the installed one now.
    record Committed(Instant at, String transaction, int hop, Version version) implements OfRun {
        @Override
        @JsonProperty
        public String message() {
            return version + " is installed";
        }
    }

    /// A step failed. [RolledBack] or [NotRolledBack] follows if anything had been changed.
    ///
    /// @param step null if it was none
    /// @param kind the machine name of the failure
    /// @param details what the failed program said last, line by line; null if none did
    record Failed(
            Instant at,
            String transaction,
            int hop,
            @Nullable Step step,
            String kind,
            String message,
            @Nullable List<String> details)
            implements OfRun {}

    /// The hop was put back; the version before it is in its place again.
    record RolledBack(Instant at, String transaction, int hop, Version version) implements OfRun {
        @Override
        @JsonProperty
        public String message() {
            return version + " is back with its configuration and data as they were";
        }
    }

    /// Putting the hop back failed too: a person must look. Its parts are those of [Failed].
    record NotRolledBack(
            Instant at,
            String transaction,
            int hop,
            String kind,
            String message,
            @Nullable List<String> details)
            implements OfRun {}

    /// An interrupted run was found and is brought to an end.
    record Recovered(Instant at, String transaction, String message) implements OfRun {}

    /// The run ended.
    ///
    /// @param kind the failure kind; null if it succeeded
    record Ended(
            Instant at,
            String transaction,
            RunOutcome outcome,
            @Nullable String kind,
            String message)
            implements OfRun {}
}
