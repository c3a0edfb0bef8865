package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.EventNames;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Says what a run does, to the event log and to a listener.
final class RunEvents {
    private static final long PROGRESS_NANOS = 200_000_000;
    private final EventLog log;
    private final EventListener listener;
    private final InstantSource clock;
    private final String transaction;
    private int hop;
    private long lastProgress;

    RunEvents(EventLog log, EventListener listener, InstantSource clock, String transaction) {
        this.log = log;
        this.listener = listener;
        this.clock = clock;
        this.transaction = transaction;
    }

    void begun(String from, String to, String what) {
        say(EventNames.BEGUN, null, from + " -> " + to + " " + what, null);
    }

    void hopBegun(HopIntent intent) {
        hop = intent.number();
        say(EventNames.HOP_BEGUN, null, intent.from() + " -> " + intent.to() + " hop " + hop, null);
    }

    void stepBegun(String step, String words) {
        lastProgress = 0;
        say(EventNames.STEP_BEGUN, step, words, null);
    }

    void stepDone(String step, String words) {
        say(EventNames.STEP_DONE, step, words, null);
    }

    /// Bytes of a step; passed on a few times per second, and always at the end.
    void progress(String step, long done, long total) {
        long now = System.nanoTime();
        if (done < total && lastProgress != 0 && now - lastProgress < PROGRESS_NANOS) {
            return;
        }
        lastProgress = now;
        tell(
                new Event(
                        clock.instant(),
                        transaction,
                        EventNames.PROGRESS,
                        hop,
                        step,
                        done,
                        total,
                        "",
                        null));
    }

    void failed(Failure failure) {
        say(EventNames.FAILED, failure);
    }

    void committed(HopIntent intent) {
        say(EventNames.COMMITTED, null, intent.to() + " is installed", null);
    }

    void rolledBack(HopIntent intent) {
        say(
                EventNames.ROLLED_BACK,
                null,
                intent.from() + " runs again with its configuration and data as they were",
                null);
    }

    void notRolledBack(Failure failure) {
        say(EventNames.NOT_ROLLED_BACK, failure);
    }

    void recovered(String words) {
        say(EventNames.RECOVERED, null, words, null);
    }

    /// @param outcome `updated`, `rolled-back`, `not-rolled-back` or `failed`
    void ended(String outcome, String message, @Nullable String kind) {
        hop = 0;
        say(EventNames.ENDED, outcome, message, kind);
    }

    private void say(String event, Failure failure) {
        tell(
                new Event(
                        clock.instant(),
                        transaction,
                        event,
                        hop,
                        failure.step(),
                        null,
                        null,
                        failure.message(),
                        failure.kind(),
                        failure.lines().isEmpty() ? null : failure.lines()));
    }

    private void say(String event, @Nullable String step, String message, @Nullable String kind) {
        tell(new Event(clock.instant(), transaction, event, hop, step, null, null, message, kind));
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
