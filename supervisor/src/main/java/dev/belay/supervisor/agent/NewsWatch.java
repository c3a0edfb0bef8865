package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.agent.push.PushListener;
import dev.belay.supervisor.agent.web.AdminStatus.CheckInfo;
import dev.belay.supervisor.agent.web.AdminStatus.FailureInfo;
import dev.belay.supervisor.agent.web.AdminStatus.PushInfo;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.run.Updates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Knows what news there is: looks when an event hints at some, when the stream was (re)opened,
/// when a person asks, and now and then on its own. Looking means reading signed metadata; what an
/// event says is never used. Hints that arrive while one waits are the same hint.
final class NewsWatch implements PushListener {
    private static final long GLANCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Supplier<Updates> updates;
    private final NewsSchedule schedule;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AgentLog log;
    private final BlockingQueue<Boolean> hints = new ArrayBlockingQueue<>(1);
    private volatile PushInfo push = new PushInfo(false, "Not connected to the update server yet.");
    private volatile @Nullable CheckInfo last;
    private volatile int failures;

    NewsWatch(
            Supplier<Updates> updates,
            NewsSchedule schedule,
            InstantSource clock,
            RandomGenerator random,
            AgentLog log) {
        this.updates = updates;
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
        this.log = log;
    }

    /// Looks, waits, looks again, until interrupted.
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    CheckResult found = check();
                    log.say(found.message());
                } catch (BelayException failure) {
                    log.say("Looking for updates failed: " + failure.getMessage());
                } catch (RuntimeException failure) {
                    log.unexpected("looking for updates", failure);
                }
                Thread.sleep(schedule.hintGap());
                awaitNextLook();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns when a hint has come or the interval is over. The stream may come and go meanwhile,
    /// so the interval is worked out anew every minute.
    private void awaitNextLook() throws InterruptedException {
        long looked = System.nanoTime();
        long seed = random.nextLong();
        for (boolean hinted = false; !hinted; ) {
            Duration interval = schedule.interval(push.connected(), failures, seed);
            long left = interval.toNanos() - (System.nanoTime() - looked);
            if (left <= 0) {
                return;
            }
            hinted = hints.poll(Math.min(left, GLANCE_NANOS), TimeUnit.NANOSECONDS) != null;
        }
    }

    /// Looks now. One look at a time; the failure is remembered for the page and thrown.
    synchronized CheckResult check() {
        try {
            CheckResult result = updates.get().check();
            last = new CheckInfo(clock.instant(), result, null);
            failures = 0;
            return result;
        } catch (BelayException e) {
            failures = failures + 1;
            last =
                    new CheckInfo(
                            clock.instant(),
                            null,
                            new FailureInfo(e.kind(), String.valueOf(e.getMessage()), e.help()));
            throw e;
        }
    }

    /// The last look; null before the first.
    @Nullable CheckInfo last() {
        return last;
    }

    /// How the event stream is doing.
    PushInfo push() {
        return push;
    }

    /// Makes the next look due.
    @Override
    public void hint() {
        boolean _ = hints.offer(true); // full means that a look is due already
    }

    @Override
    public void connected() {
        push = new PushInfo(true, "Connected: news arrives at once.");
        log.say("Connected to the update server's event stream.");
        hint();
    }

    @Override
    public void disconnected(String reason, Duration retryIn) {
        push = new PushInfo(false, "No live connection to the update server (" + reason + ").");
        log.say(
                "The event stream is closed (%s); next attempt in %.1f s."
                        .formatted(reason, retryIn.toMillis() / 1000.0));
    }
}
