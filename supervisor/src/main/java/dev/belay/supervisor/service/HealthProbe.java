package dev.belay.supervisor.service;

import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.release.HealthCheck;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Watches a started product until it is healthy, dead, or out of time.
///
/// Neither blind nor jumpy: an answer counts only if it is fresh, has the expected status and says
/// what it must (above all the version); a single refusal (429, 503), a slow answer or a closed
/// port only starts the count again. Two things end it early: the process is gone, or it insists
/// that it is another release.
public final class HealthProbe {
    private static final Duration POLL = Duration.ofMillis(150);
    private static final Duration ALIVE_LONG_ENOUGH = Duration.ofSeconds(3);
    // so often in a row it will not become another release by waiting
    private static final int INSISTING = 20;
    private final ServiceControl service;
    private final BooleanSupplier aborted;

    /// @param service whose process must stay alive
    /// @param aborted asked between looks; true ends the probe as unhealthy
    public HealthProbe(ServiceControl service, BooleanSupplier aborted) {
        this.service = service;
        this.aborted = aborted;
    }

    /// Asks until the verdict.
    ///
    /// @param asker is closed
    /// @param check how often it must answer well
    /// @param within how long it may take, whatever the release declares
    HealthResult await(HealthAsker asker, HealthCheck check, Duration within) {
        long begin = System.nanoTime();
        int good = 0;
        int wrong = 0;
        LastAnswers last = new LastAnswers();
        try (asker) {
            while (left(begin, within).isPositive()) {
                HealthAnswer answer = asker.ask(left(begin, within));
                last.add(answer, since(begin));
                good = answer instanceof HealthAnswer.Good ? good + 1 : 0;
                wrong = answer instanceof HealthAnswer.Wrong ? wrong + 1 : 0;
                if (good >= check.consecutive()) {
                    return new HealthResult.Healthy(since(begin));
                }
                if (wrong >= Math.max(INSISTING, check.consecutive())) {
                    return unhealthy("answers wrongly: ", asker, last);
                }
                if (service.status() instanceof ServiceStatus.Stopped stopped) {
                    return died(stopped);
                }
                boolean waits =
                        answer instanceof HealthAnswer.Refused
                                || answer instanceof HealthAnswer.Silent;
                if (!pause(waits ? asker.again() : check.interval())) {
                    return interrupted();
                }
            }
        }
        return unhealthy(
                "did not become healthy within " + within.toSeconds() + " s: ", asker, last);
    }

    private static HealthResult unhealthy(String what, HealthAsker asker, LastAnswers last) {
        HealthAnswer telling = last.telling();
        return new HealthResult.Unhealthy(
                telling.kind(),
                Sentences.join(what + asker.whom() + " " + telling.text(), last.words()));
    }

    /// For a release that declares nothing to ask: waits a little whether it stays alive.
    public HealthResult awaitAlive() {
        long begin = System.nanoTime();
        while (left(begin, ALIVE_LONG_ENOUGH).isPositive()) {
            if (service.status() instanceof ServiceStatus.Stopped stopped) {
                return died(stopped);
            }
            if (!pause(POLL)) {
                return interrupted();
            }
        }
        return new HealthResult.Healthy(ALIVE_LONG_ENOUGH);
    }

    /// @return false if the update was asked to stop
    private boolean pause(Duration length) {
        long begin = System.nanoTime();
        while (left(begin, length).isPositive()) {
            long millis = Math.min(POLL.toMillis(), left(begin, length).toMillis() + 1);
            if (aborted.getAsBoolean() || !Pause.millis(millis)) {
                return false;
            }
        }
        return !aborted.getAsBoolean();
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration left(long begin, Duration whole) {
        return whole.minusNanos(System.nanoTime() - begin);
    }

    private static HealthResult died(ServiceStatus.Stopped stopped) {
        return new HealthResult.Unhealthy(
                "product-died",
                "ended before it was healthy"
                        + (stopped.cause() == ServiceStatus.Cause.CRASHED
                                ? "."
                                : " (" + stopped.words() + ")."));
    }

    private static HealthResult interrupted() {
        return new HealthResult.Unhealthy(
                "interrupted", "was not healthy yet when the update was asked to stop.");
    }
}
