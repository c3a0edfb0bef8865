package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.LiveTrees;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One hop: every step announced in the journal before it is done, and all of it put back if one
/// fails.
///
/// An [Error] passes through without a rollback: what is left of such a JVM cannot be trusted with
/// it. The journal says what the next supervisor process has to do.
final class Transaction {
    private final Run run;
    private final HopWork work;

    /// The end of a hop.
    ///
    /// @param failure why it failed; empty if it was committed
    /// @param rollbackFailure why putting it back failed too
    /// @param figures what was measured
    record End(
            Optional<Failure> failure,
            Optional<Failure> rollbackFailure,
            Outcome.HopFigures figures) {
        boolean committed() {
            return failure.isEmpty();
        }
    }

    /// @param work what backing up and copying mean for this hop
    Transaction(Run run, HopWork work) {
        this.run = run;
        this.work = work;
    }

    End walk(HopIntent hop) {
        Stopwatch whole = new Stopwatch();
        Stopwatch downtime = new Stopwatch();
        run.journal().append(new JournalRecord.HopBegun(run.clock().instant(), hop));
        run.events().hopBegun(hop);
        Step current = Step.STOP;
        try {
            for (Step step : work.steps()) {
                current = step;
                refuseIfAborted();
                perform(step, hop);
            }
            Duration down = downtime.elapsed();
            run.journal().append(new JournalRecord.Committed(run.clock().instant(), hop.number()));
            run.events().committed(hop);
            return new End(Optional.empty(), Optional.empty(), figures(hop, whole.elapsed(), down));
        } catch (RuntimeException failure) {
            return rollBack(hop, Failure.of(failure, current.label()), whole, downtime);
        }
    }

    private End rollBack(HopIntent hop, Failure cause, Stopwatch whole, Stopwatch downtime) {
        run.events().failed(cause);
        Optional<Failure> second = new Rollback(run).putBack(hop, cause);
        return new End(
                Optional.of(cause), second, figures(hop, whole.elapsed(), downtime.elapsed()));
    }

    private void perform(Step step, HopIntent hop) {
        run.journal()
                .append(new JournalRecord.StepBegun(run.clock().instant(), hop.number(), step));
        run.events().stepBegun(step.label(), step.words());
        String result = act(step, hop);
        run.journal().append(new JournalRecord.StepDone(run.clock().instant(), hop.number(), step));
        run.events().stepDone(step.label(), result);
    }

    private String act(Step step, HopIntent hop) {
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
            case SWITCH -> run.home().switchTo(Version.of(hop.to()));
            case MIGRATE -> {
                Product product = run.product(hop.to());
                product.hook("migrate", product.deployment().descriptor().hooks().migrate());
            }
            case START -> run.product(hop.to()).start();
            case HEALTH -> {
                Product product = run.product(hop.to());
                product.requireHealthy(run.aborted());
                product.hook("post-start", product.deployment().descriptor().hooks().postStart());
            }
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

    private static Outcome.HopFigures figures(HopIntent hop, Duration whole, Duration downtime) {
        return new Outcome.HopFigures(
                Version.of(hop.from()), Version.of(hop.to()), whole, downtime);
    }

    /// Both kinds of hop, forward and back, as far as they differ.
    interface HopWork {
        /// The steps in order.
        List<Step> steps();

        /// @return the result in words
        String backUp();

        /// @return the result in words
        String prove();

        /// @return the result in words
        String copy();
    }
}
