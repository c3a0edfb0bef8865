package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.agent.web.AdminStatus.Attempt;
import dev.belay.supervisor.deployment.Guard;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.Updates;
import dev.belay.supervisor.status.EventListener;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs the updates that are started from the page, one at a time, and remembers how the last one
/// ended.
final class UpdateRunner {
    private static final Duration PREPARING = Duration.ofSeconds(4);
    private final Supplier<Updates> updates;
    private final AgentMachine machine;
    private final InstantSource clock;
    private final ReentrantLock home;
    private final AgentLog log;
    private final Runnable afterwards;
    private volatile @Nullable Attempt last;
    private @Nullable Thread running;

    /// @param home held while an update holds the home
    /// @param afterwards called when one has ended
    UpdateRunner(
            Supplier<Updates> updates,
            AgentMachine machine,
            InstantSource clock,
            ReentrantLock home,
            AgentLog log,
            Runnable afterwards) {
        this.updates = updates;
        this.machine = machine;
        this.clock = clock;
        this.home = home;
        this.log = log;
        this.afterwards = afterwards;
    }

    /// Starts an update on a thread of its own.
    ///
    /// @throws dev.belay.packaging.failure.RefusedException `update-running`
    synchronized void start(Optional<Version> to) {
        if (last != null && last.running()) {
            throw AgentMachine.updateRunning("An update is being prepared.");
        }
        machine.requireFree();
        Attempt begun =
                new Attempt(
                        clock.instant(),
                        to.map(Version::text).orElse(null),
                        true,
                        null,
                        null,
                        null);
        last = begun;
        // a platform thread: durable work belongs on one that nothing shares
        running = Thread.ofPlatform().name("update").daemon(false).start(() -> run(begun, to));
    }

    /// How the last update went; null if none was started here.
    @Nullable Attempt last() {
        return last;
    }

    /// Waits for an update that holds the home, because stopping it half way helps nobody; for one
    /// that only prepares, not for long.
    synchronized void awaitEnd() throws InterruptedException {
        while (running != null
                && !running.join(PREPARING)
                && machine.state() instanceof AgentState.Updating) {
            running.join();
        }
    }

    private void run(Attempt begun, Optional<Version> to) {
        try {
            UpdateRequest request = to.map(UpdateRequest::to).orElseGet(UpdateRequest::latest);
            Outcome outcome =
                    updates.get().update(request, EventListener.NONE, new Held(goal(begun)));
            end(begun, outcome.kind(), outcome.message(), help(outcome));
        } catch (BelayException e) {
            end(begun, e.kind(), String.valueOf(e.getMessage()), e.help());
        } catch (RuntimeException e) {
            log.unexpected("updating", e);
            end(
                    begun,
                    "internal-error",
                    "Unexpected " + e.getClass().getSimpleName() + " in the agent.",
                    "Run `supervisor status` and report it.");
        } finally {
            afterwards.run();
        }
    }

    /// The product is this update's business while it holds the home, and only then: as long as it
    /// waits for the network, the product is looked after.
    private final class Held implements Guard {
        private final String goal;

        Held(String goal) {
            this.goal = goal;
        }

        @Override
        public <T> T during(Supplier<T> work) {
            home.lock();
            try {
                machine.updateBegun(goal, clock.instant());
                return work.get();
            } finally {
                machine.updateEnded();
                home.unlock();
            }
        }
    }

    private static String goal(Attempt begun) {
        return begun.to() == null ? "the newest release" : begun.to();
    }

    private void end(Attempt begun, String kind, String message, @Nullable String help) {
        log.say(message);
        last = new Attempt(begun.begun(), begun.to(), false, kind, message, help);
    }

    private static @Nullable String help(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NothingToDo _, Outcome.Done _ -> null;
            case Outcome.NoWay noWay -> noWay.help();
            case Outcome.PlanChanged changed -> changed.help();
            case Outcome.RolledBack back -> back.help();
            case Outcome.NotRolledBack stuck -> stuck.help();
        };
    }
}
