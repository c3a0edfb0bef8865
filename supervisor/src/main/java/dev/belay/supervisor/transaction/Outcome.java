package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.util.List;

/// How a run ended. Every outcome has words for people and the exit status of its command.
public sealed interface Outcome {
    /// What happened, in words.
    String message();

    /// The exit status of the command that ran it.
    ExitCode exitCode();

    /// The stable machine name, also in events and reports.
    String kind();

    /// The same, saying what a person has to do before the way goes on; a failed run has other
    /// worries.
    default Outcome awaiting(ManualAction action) {
        return this instanceof Updated(var transaction, var from, var to, var figures, var message)
                ? new Updated(
                        transaction,
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

    /// The chain was walked to its end (or a rollback that was asked for succeeded).
    record Updated(String transaction, Version from, Version to, RunFigures figures, String message)
            implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DONE;
        }

        @Override
        public String kind() {
            return "updated";
        }
    }

    /// A hop failed and was put back: `now` runs, with its config and data as they were.
    ///
    /// @param from the version before the run
    /// @param now the version that runs now: `from`, or the last good hop
    /// @param failed the version that failed
    /// @param kind why
    /// @param details what the failed program said last, line by line; empty if nothing
    record RolledBack(
            String transaction,
            Version from,
            Version now,
            Version failed,
            RunFigures figures,
            String kind,
            String message,
            String help,
            List<String> details)
            implements Outcome {
        public RolledBack {
            details = List.copyOf(details);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.FAILED;
        }
    }

    /// A hop failed and putting it back failed too. Nothing was deleted; a person must look.
    ///
    /// @param kind why the hop failed
    /// @param rollbackFailure why the rollback failed, in words
    /// @param details what the program that failed last said last, line by line; empty if nothing
    record NotRolledBack(
            String transaction,
            Version from,
            Version failed,
            RunFigures figures,
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
            Duration duration, long downloadedBytes, long backupBytes, List<HopFigures> hops) {
        /// Nothing measured.
        public static final RunFigures NONE = new RunFigures(Duration.ZERO, 0, 0, List.of());

        public RunFigures {
            hops = List.copyOf(hops);
        }
    }

    /// The numbers of a hop.
    ///
    /// @param duration the whole hop, rolling back included
    /// @param downtime from stopping the product until it was healthy again
    record HopFigures(Version from, Version to, Duration duration, Duration downtime) {}
}
