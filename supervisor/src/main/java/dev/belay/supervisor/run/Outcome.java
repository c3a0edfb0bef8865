package dev.belay.supervisor.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.ManualAction;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a run ended. Every outcome has words for people and the exit status of its command.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.NothingToDo.class, name = "nothing-to-do"),
    @JsonSubTypes.Type(value = Outcome.NoWay.class, name = "no-way"),
    @JsonSubTypes.Type(value = Outcome.PlanChanged.class, name = "plan-changed"),
    @JsonSubTypes.Type(value = Outcome.Updated.class, name = "updated"),
    @JsonSubTypes.Type(value = Outcome.WentBack.class, name = "went-back"),
    @JsonSubTypes.Type(value = Outcome.Restored.class, name = "restored"),
    @JsonSubTypes.Type(value = Outcome.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = Outcome.NotRolledBack.class, name = "not-rolled-back")
})
public sealed interface Outcome {
    /// What happened, in words.
    String message();

    /// The exit status of the command that ran it.
    ExitCode exitCode();

    /// The stable machine name, also in events and reports.
    @JsonProperty
    String kind();

    /// The outcome of an update that has no way.
    static Outcome of(Planned planned) {
        return switch (planned) {
            case Planned.NothingToDo(Version installed, String message) ->
                    new NothingToDo(installed, message);
            case Planned.NoWay(String kind, String message, String help) ->
                    new NoWay(kind, message, help);
            case Planned.Ready _, Planned.Outlined _ ->
                    throw new IllegalArgumentException("there is a way");
        };
    }

    /// The same, saying what a person has to do before the way goes on; a failed run has other
    /// worries.
    default Outcome awaiting(ManualAction action) {
        return this
                        instanceof
                        Updated(
                                var transaction,
                                var run,
                                var from,
                                var to,
                                var figures,
                                var message)
                ? new Updated(
                        transaction,
                        run,
                        from,
                        to,
                        figures,
                        Sentences.join(message, action.message(), action.help()))
                : this;
    }

    /// There was nothing to do.
    record NothingToDo(Version installed, String message) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DONE;
        }

        @Override
        public String kind() {
            return "nothing-to-do";
        }
    }

    /// There is no way to where the caller wants; nothing was changed.
    record NoWay(String kind, String message, String help) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.REFUSED;
        }
    }

    /// What was planned does not stand any more; nothing was changed.
    ///
    /// @param changes what is no longer as it was when the plan was made
    record PlanChanged(List<String> changes) implements Outcome {
        public PlanChanged {
            changes = List.copyOf(changes);
        }

        @Override
        @JsonProperty
        public String message() {
            return Sentences.join(
                    "The plan no longer stands: " + String.join("; ", changes),
                    "Nothing was changed");
        }

        /// What to do.
        @JsonProperty
        public String help() {
            return "Run the command again: it plans anew.";
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.REFUSED;
        }

        @Override
        public String kind() {
            return "plan-changed";
        }
    }

    /// A run did what was asked for.
    sealed interface Done extends Outcome {
        /// The numbers of the run.
        RunFigures figures();

        @Override
        default ExitCode exitCode() {
            return ExitCode.DONE;
        }
    }

    /// The chain was walked to its end.
    ///
    /// @param run what the run was for, or that it was the end of one that was interrupted
    record Updated(
            String transaction,
            RunKind run,
            Version from,
            @JsonProperty("installed") Version to,
            @JsonUnwrapped RunFigures figures,
            String message)
            implements Done {
        @Override
        public String kind() {
            return "updated";
        }
    }

    /// The release before runs again, as was asked for: from one that was installed, or from one
    /// that a run had not finished yet.
    ///
    /// @param run as above
    record WentBack(
            String transaction,
            RunKind run,
            Version from,
            @JsonProperty("installed") Version to,
            @JsonUnwrapped RunFigures figures,
            String message)
            implements Done {
        @Override
        public String kind() {
            return "went-back";
        }
    }

    /// What a backup holds is in use, with the release it belongs to.
    ///
    /// @param run as above
    record Restored(
            String transaction,
            RunKind run,
            Version from,
            @JsonProperty("installed") Version to,
            @JsonUnwrapped RunFigures figures,
            String message)
            implements Done {
        @Override
        public String kind() {
            return "restored";
        }
    }

    /// A hop failed and was put back: `now` runs, with its config and data as they were.
    ///
    /// @param run what the run was for, or that it was the end of one that was interrupted
    /// @param from the version before the run
    /// @param now the version that runs now: `from`, or the last good hop
    /// @param failed the version that failed
    /// @param kind why
    /// @param details what the failed program said last, line by line; empty if nothing
    record RolledBack(
            String transaction,
            RunKind run,
            Version from,
            @JsonProperty("installed") Version now,
            Version failed,
            @JsonUnwrapped RunFigures figures,
            String kind,
            String message,
            String help,
            List<String> details)
            implements Outcome {
        public RolledBack {
            details = List.copyOf(details);
        }

        /// The same where somebody asked for just that.
        WentBack asAsked() {
            return new WentBack(transaction, run, failed, now, figures, message);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.FAILED;
        }
    }

    /// A hop failed and putting it back failed too. Nothing was deleted; a person must look.
    ///
    /// @param run as above
    /// @param kind why the hop failed
    /// @param rollbackFailure why the rollback failed, in words
    /// @param details what the program that failed last said last, line by line; empty if nothing
    record NotRolledBack(
            String transaction,
            RunKind run,
            Version from,
            Version failed,
            @JsonUnwrapped RunFigures figures,
            String kind,
            String message,
            String rollbackFailure,
            String help,
            List<String> details)
            implements Outcome {
        public NotRolledBack {
            details = List.copyOf(details);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.NOT_ROLLED_BACK;
        }
    }

    /// The numbers of a run.
    ///
    /// @param duration the whole run
    /// @param downloadedBytes fetched in this run
    /// @param backupBytes size of the backups that were made
    /// @param hops one entry per hop that was begun
    record RunFigures(
            @JsonProperty("seconds") Duration duration,
            long downloadedBytes,
            long backupBytes,
            List<HopFigures> hops) {
        /// Nothing measured.
        public static final RunFigures NONE = new RunFigures(Duration.ZERO, 0, 0, List.of());

        public RunFigures {
            hops = List.copyOf(hops);
        }

        /// With one more hop.
        RunFigures with(HopFigures hop) {
            List<HopFigures> all = new ArrayList<>(hops);
            all.add(hop);
            return new RunFigures(duration.plus(hop.duration()), downloadedBytes, backupBytes, all);
        }
    }

    /// The numbers of a hop.
    ///
    /// @param duration the whole hop, rolling back included
    /// @param downtime from stopping the product until it was healthy again
    record HopFigures(
            Version from,
            Version to,
            @JsonProperty("seconds") Duration duration,
            @JsonProperty("downtime-seconds") Duration downtime) {}
}
