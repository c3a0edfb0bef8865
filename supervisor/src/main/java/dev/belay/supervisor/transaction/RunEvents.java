package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what a run does, to the event log and to a listener.
public final class RunEvents {
    private static final long PROGRESS_NANOS = 200_000_000;
    private final EventLog log;
    private final EventListener listener;
    private final InstantSource clock;
    private final String transaction;
    private int hop;
    private long lastProgress;

    public RunEvents(
            EventLog log, EventListener listener, InstantSource clock, String transaction) {
        this.log = log;
        this.listener = listener;
        this.clock = clock;
        this.transaction = transaction;
    }

    /// @param what what for, in words
    public void begun(RunKind kind, Version from, Version to, String what) {
        tell(new Event.Begun(now(), transaction, kind, from, to, from + " -> " + to + " " + what));
    }

    void hopBegun(HopIntent intent) {
        hop = intent.number();
        tell(new Event.HopBegun(now(), transaction, hop, intent.from(), intent.to()));
    }

    /// A hop that was begun by a supervisor that is gone.
    void goOn(HopIntent intent) {
        hop = intent.number();
    }

    public void stepBegun(Step step, String words) {
        lastProgress = 0;
        tell(new Event.StepBegun(now(), transaction, hop, step, words));
    }

    public void stepDone(Step step, String words) {
        tell(new Event.StepDone(now(), transaction, hop, step, words));
    }

    /// What is going to be written to prepare a run, in words.
    public void foreseen(String words) {
        tell(new Event.Foreseen(now(), transaction, words));
    }

    /// Bytes of a step; passed on a few times per second, and always at the end.
    public void progress(Step step, long done, long total) {
        long nanos = System.nanoTime();
        if (done < total && lastProgress != 0 && nanos - lastProgress < PROGRESS_NANOS) {
            return;
        }
        lastProgress = nanos;
        tell(new Event.Progress(now(), transaction, hop, step, done, total));
    }

    void failed(Failure failure) {
        tell(
                new Event.Failed(
                        now(),
                        transaction,
                        hop,
                        failure.step(),
                        failure.kind(),
                        failure.message(),
                        details(failure)));
    }

    void committed(HopIntent intent) {
        tell(new Event.Committed(now(), transaction, hop, intent.to()));
    }

    void rolledBack(HopIntent intent) {
        tell(new Event.RolledBack(now(), transaction, intent.number(), intent.from()));
    }

    void notRolledBack(Failure failure) {
        tell(
                new Event.NotRolledBack(
                        now(),
                        transaction,
                        hop,
                        failure.kind(),
                        failure.message(),
                        details(failure)));
    }

    public void recovered(String words) {
        tell(new Event.Recovered(now(), transaction, words));
    }

    /// @param kind the failure kind; null if it succeeded
    public void ended(RunOutcome outcome, String message, @Nullable String kind) {
        hop = 0;
        tell(new Event.Ended(now(), transaction, outcome, kind, message));
    }

    private static @Nullable List<String> details(Failure failure) {
        return failure.lines().isEmpty() ? null : failure.lines();
    }

    private Instant now() {
        return clock.instant();
    }

    private void tell(Event event) {
        log.append(event);
        try {
            listener.heard(event);
        } catch (RuntimeException e) {
            System.getLogger(RunEvents.class.getName())
                    .log(System.Logger.Level.WARNING, "a listener failed", e);
        }
    }
}
