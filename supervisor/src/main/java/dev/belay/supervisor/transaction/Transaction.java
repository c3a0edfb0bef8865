package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.DiskProbe;
import dev.belay.supervisor.deployment.LiveTrees;
import dev.belay.supervisor.service.Product;
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
    public record End(
            Optional<Failure> failure,
            Optional<Failure> rollbackFailure,
            Duration duration,
            Duration downtime,
            long backupBytes) {}

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
        Step current = plan.steps().getFirst();
        try {
            for (Step step : plan.steps()) {
                current = step;
                refuseIfAborted();
                down = down.isEmpty() && step == Step.STOP ? Optional.of(new Stopwatch()) : down;
                perform(step, hop, work);
            }
            Duration downtime = elapsed(down);
            commit(hop);
            return new End(failure, failure, whole.elapsed(), downtime, work.backupBytes());
        } catch (RuntimeException thrown) {
            failure = Optional.of(failure(thrown, current));
            run.events().failed(failure.get());
            rollbackFailure = new Rollback(run).putBack(hop, failure.get());
        }
        return new End(
                failure, rollbackFailure, whole.elapsed(), elapsed(down), work.backupBytes());
    }

    /// Ends a hop whose release was started before the supervisor died: starts it if it does not
    /// run, and commits it if it is healthy. Puts nothing back.
    ///
    /// @return why it was not committed
    public Optional<Failure> finish(HopIntent hop) {
        run.events().goOn(hop);
        Step current = Step.START;
        try {
            for (Step step : List.of(Step.START, Step.HEALTH)) {
                current = step;
                perform(step, hop, HopWork.NONE);
            }
            commit(hop);
            return Optional.empty();
        } catch (RuntimeException thrown) {
            Failure failure = failure(thrown, current);
            run.events().failed(failure);
            return Optional.of(failure);
        }
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

    private void commit(HopIntent hop) {
        run.journal().append(new JournalRecord.Committed(run.clock().instant(), hop.number()));
        run.events().committed(hop);
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
            case DOWNLOAD, UNPACK, ROLL_BACK ->
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
