package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.DiskProbe;
import dev.belay.supervisor.deployment.LiveTrees;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.words.Sentences;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One hop: every step announced in the journal before it is done, and all of it put back if one
/// fails.
///
/// An [Error] passes through without a rollback: what is left of such a JVM cannot be trusted with
/// it. The journal says what the next supervisor process has to do.
public final class Transaction {
    private final Run run;

    /// The end of a hop.
    ///
    /// @param failure why it failed; empty if it was committed
    /// @param rollbackFailure why putting it back failed too
    /// @param duration the whole hop, rolling back included
    /// @param downtime from stopping the product until it was healthy again
    /// @param backupBytes size of the backup that was made
    /// @param remark what else is to be said of a hop that was committed; empty if nothing
    public record End(
            Optional<Failure> failure,
            Optional<Failure> rollbackFailure,
            Duration duration,
            Duration downtime,
            long backupBytes,
            String remark) {}

    public Transaction(Run run) {
        this.run = run;
    }

    /// Walks it to its end, one way or the other.
    public End walk(HopPlan plan) {
        HopIntent hop = plan.intent();
        HopWork work = work(plan);
        Stopwatch whole = new Stopwatch();
        Optional<Stopwatch> down = Optional.empty();
        run.journal().append(new JournalRecord.HopBegun(run.clock().instant(), hop));
        run.events().hopBegun(hop);
        Optional<Failure> failure = Optional.empty();
        Optional<Failure> rollbackFailure = Optional.empty();
        Step current = Step.STOP;
        try {
            for (Step step : steps(plan)) {
                current = step;
                refuseIfAborted();
                down = down.isEmpty() && step == Step.STOP ? Optional.of(new Stopwatch()) : down;
                perform(step, hop, work);
            }
            Duration downtime = elapsed(down);
            Duration duration = whole.elapsed();
            String remark = commit(hop);
            return new End(failure, failure, duration, downtime, work.backupBytes(), remark);
        } catch (RuntimeException thrown) {
            failure = Optional.of(failure(thrown, current));
            run.events().failed(failure.get());
            Rollback rollback = new Rollback(run);
            // one that is to return stops the product in any case, before it looks what that loses
            rollbackFailure =
                    down.isEmpty() && rollback.leadsOn(hop).isEmpty()
                            ? rollback.leave(hop, failure.get())
                            : rollback.putBack(hop, failure.get());
        }
        return new End(
                failure, rollbackFailure, whole.elapsed(), elapsed(down), work.backupBytes(), "");
    }

    /// Those of the plan, without a hook that the release does not have.
    private List<Step> steps(HopPlan plan) {
        boolean preBackup =
                plan instanceof HopPlan.Forward && run.product(plan.intent().from()).hasPreBackup();
        return plan.steps().stream().filter(step -> step != Step.PRE_BACKUP || preBackup).toList();
    }

    /// Ends a hop whose release was started before the supervisor died: starts it if it does not
    /// run, and commits it if it is healthy. Puts nothing back.
    ///
    /// @return its failure says why it was not committed
    public End finish(HopIntent hop) {
        Stopwatch whole = new Stopwatch();
        Optional<Failure> failure = Optional.empty();
        String remark = "";
        run.events().goOn(hop);
        Step current = Step.START;
        try {
            for (Step step : List.of(Step.START, Step.HEALTH)) {
                current = step;
                perform(step, hop, HopWork.NONE);
            }
            remark = commit(hop);
        } catch (RuntimeException thrown) {
            failure = Optional.of(failure(thrown, current));
            run.events().failed(failure.get());
        }
        return new End(failure, Optional.empty(), whole.elapsed(), Duration.ZERO, 0, remark);
    }

    /// A release is not to blame for what it did on a disk that takes nothing.
    private Failure failure(RuntimeException thrown, Step step) {
        Failure failure = Failure.of(thrown, step);
        return failure.blamesRelease()
                ? DiskProbe.problem(run.home())
                        .map(disk ->
                                new Failure(
                                        disk.kind(),
                                        Sentences.join(
                                                failure.message(),
                                                String.valueOf(disk.getMessage())),
                                        step,
                                        failure.details(),
                                        disk.help()))
                        .orElse(failure)
                : failure;
    }

    /// @return what is to be said beside that
    private String commit(HopIntent hop) {
        run.journal().append(new JournalRecord.Committed(run.clock().instant(), hop.number()));
        run.events().committed(hop);
        return hop.kind() == RunKind.UPDATE ? postCommit(hop) : "";
    }

    /// Not in the journal: a supervisor that dies here leaves a release that is installed, and what
    /// was begun once is not begun again.
    private String postCommit(HopIntent hop) {
        try {
            Product product = run.product(hop.to());
            if (product.hasPostCommit()) {
                run.events().stepBegun(Step.POST_COMMIT, Step.POST_COMMIT.words());
                product.postCommit();
                run.events().stepDone(Step.POST_COMMIT, "");
            }
            return "";
        } catch (RuntimeException thrown) {
            Failure failure = Failure.of(thrown, Step.POST_COMMIT);
            String last = failure.lines().isEmpty() ? "" : failure.lines().getLast();
            String remark =
                    Sentences.join(
                            failure.message(),
                            last.isEmpty() ? "" : "It said last: " + last,
                            "The update stands");
            run.events().stepDone(Step.POST_COMMIT, remark);
            return remark;
        }
    }

    private HopWork work(HopPlan plan) {
        return switch (plan) {
            case HopPlan.Forward forward -> new ForwardWork(run, forward);
            case HopPlan.Restore restore -> new RestoreWork(run, restore);
            case HopPlan.Back _ -> HopWork.NONE;
        };
    }

    private void perform(Step step, HopIntent hop, HopWork work) {
        run.journal()
                .append(new JournalRecord.StepBegun(run.clock().instant(), hop.number(), step));
        run.events().stepBegun(step, step.words());
        String result = act(step, hop, work);
        run.journal().append(new JournalRecord.StepDone(run.clock().instant(), hop.number(), step));
        run.events().stepDone(step, result);
    }

    private String act(Step step, HopIntent hop, HopWork work) {
        switch (step) {
            case PRE_BACKUP -> run.product(hop.from()).preBackup();
            case STOP -> run.product(hop.from()).stop();
            case BACK_UP -> {
                return work.backUp();
            }
            case PROVE -> {
                return work.prove();
            }
            case COPY -> {
                return work.copy();
            }
            case SET_ASIDE ->
                    new LiveTrees(run.home())
                            .exchange(
                                    run.home().root().resolve(hop.before()),
                                    run.home().root().resolve(hop.next()));
            case SWITCH -> run.home().switchTo(hop.to());
            case MIGRATE -> run.product(hop.to()).migrate();
            case START -> run.product(hop.to()).start();
            case HEALTH -> {
                Product product = run.product(hop.to());
                product.requireHealthy(run.aborted());
                product.postStart();
            }
            case DOWNLOAD, UNPACK, POST_COMMIT, ROLL_BACK ->
                    throw new IllegalArgumentException(step + " is no step of a hop");
        }
        return "";
    }

    private void refuseIfAborted() {
        if (run.aborted().getAsBoolean()) {
            throw new BelayException(
                    "interrupted",
                    "The update was asked to stop.",
                    "Run it again when it suits you.");
        }
    }

    private static Duration elapsed(Optional<Stopwatch> watch) {
        return watch.map(Stopwatch::elapsed).orElse(Duration.ZERO);
    }
}
