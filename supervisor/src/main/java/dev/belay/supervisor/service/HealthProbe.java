package dev.belay.supervisor.service;

import dev.belay.versys.release.HealthCheck;
import dev.belay.versys.release.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Watches a started product until it is healthy, dead, or out of time.
///
/// Neither blind nor jumpy: an answer counts only if it is fresh, has the expected status and says
/// what it must (above all the version); a single refusal (429, 503) or a closed port only starts
/// the count again. Two things end it early: the process is gone, or it insists on a wrong answer.
public final class HealthProbe {
    private static final Duration POLL = Duration.ofMillis(150);
    private static final Duration ALIVE_LONG_ENOUGH = Duration.ofSeconds(3);
    // so many wrong answers in a row, each with the right status, will not become right by waiting
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
    /// @param check what the release declares
    /// @param within how long it may take, whatever the release declares
    /// @param filled fills the placeholders of address and expected values
    public HealthResult await(
            HealthCheck check, Duration within, Function<Template, String> filled) {
        String url = filled.apply(check.http());
        Map<String, String> expected = new LinkedHashMap<>();
        check.json().forEach((path, value) -> expected.put(path, filled.apply(value)));
        long begin = System.nanoTime();
        int good = 0;
        int wrong = 0;
        String last = "was not asked";
        try (HttpQuestion question = new HttpQuestion(url)) {
            while (left(begin, within).isPositive()) {
                HealthAnswer answer =
                        question.ask(left(begin, within)).judged(check.status(), expected);
                switch (answer) {
                    case HealthAnswer.Good _ -> good++;
                    case HealthAnswer.Wrong(String words) -> {
                        good = 0;
                        wrong++;
                        last = words;
                    }
                    case HealthAnswer.None(String words) -> {
                        good = 0;
                        wrong = 0;
                        last = words;
                    }
                }
                if (good >= check.consecutive()) {
                    return new HealthResult.Healthy(Duration.ofNanos(System.nanoTime() - begin));
                }
                if (wrong >= Math.max(INSISTING, check.consecutive())) {
                    return new HealthResult.Unhealthy(
                            "health-wrong-answer", "answers wrongly: " + url + " " + last + ".");
                }
                if (service.status() instanceof ServiceStatus.Stopped stopped) {
                    return died(stopped);
                }
                if (!pause(answer instanceof HealthAnswer.None ? POLL : check.interval())) {
                    return interrupted();
                }
            }
        }
        return new HealthResult.Unhealthy(
                wrong > 0 ? "health-wrong-answer" : "health-timeout",
                "did not become healthy within "
                        + within.toSeconds()
                        + " s: "
                        + url
                        + " "
                        + last
                        + ".");
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
