package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.agent.AgentState.Holding;
import dev.belay.supervisor.agent.AgentState.NeedsAttention;
import dev.belay.supervisor.agent.AgentState.Recovering;
import dev.belay.supervisor.agent.AgentState.Restarting;
import dev.belay.supervisor.agent.AgentState.Resting;
import dev.belay.supervisor.agent.AgentState.Updating;
import dev.belay.supervisor.agent.AgentState.Watching;
import dev.belay.supervisor.agent.AgentState.Yielding;
import dev.belay.supervisor.deployment.HomeLockedException;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.Updates;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Keeps the product running between updates, one look at a time: brings an interrupted run to an
/// end, starts a product that is down, keeps its hands off while another supervisor works. As long
/// as a release is on probation it is asked how it is, and left if it crashes in a loop or stays
/// unhealthy.
final class ProductWatch {
    private final Supplier<Updates> updates;
    private final ProductStarter starter;
    private final AgentMachine machine;
    private final InstantSource clock;
    private final ReentrantLock home;
    private final AgentLog log;
    private final Duration probing;
    private final Runnable afterwards;
    private Instant nextQuestion = Instant.MIN;
    private Optional<String> onProbation = Optional.empty();

    /// @param probing time between two questions to a release on probation
    /// @param afterwards called when one has not passed, without waiting: what is to be sent is
    ///   sent
    /// @param home held by whatever in this process changes the home
    ProductWatch(
            Supplier<Updates> updates,
            ProductStarter starter,
            AgentMachine machine,
            InstantSource clock,
            ReentrantLock home,
            AgentLog log,
            Duration probing,
            Runnable afterwards) {
        this.updates = updates;
        this.starter = starter;
        this.machine = machine;
        this.clock = clock;
        this.home = home;
        this.log = log;
        this.probing = probing;
        this.afterwards = afterwards;
    }

    /// Looks once and does what the state asks for. Does nothing while this process changes the
    /// home.
    void look() {
        whileFree(this::lookNow);
        if (!clock.instant().isBefore(nextQuestion)) {
            onProbation.ifPresent(this::ask);
        }
    }

    private void whileFree(Runnable work) {
        if (!home.tryLock()) {
            return;
        }
        try {
            work.run();
        } finally {
            home.unlock();
        }
    }

    private void lookNow() {
        onProbation = Optional.empty();
        switch (machine.state()) {
            case Updating _ -> {}
            case Recovering _ -> recover();
            case Watching _, Resting _, Restarting _, Holding _, Yielding _, NeedsAttention _ ->
                    observe(updates.get().status());
        }
    }

    /// The question may take as long as the product may take to become healthy; nobody is kept from
    /// the home meanwhile, so that what it was asked about may be gone when it is answered.
    ///
    /// @param transaction of the update that it is on probation after
    private void ask(String transaction) {
        Optional<String> ill = starter.ill();
        nextQuestion = clock.instant().plus(probing);
        ill.ifPresent(why -> whileFree(() -> failProbation(transaction, why)));
    }

    private void failProbation(String transaction, String why) {
        try {
            Outcome outcome = updates.get().failProbation(transaction, why, EventListener.NONE);
            log.say(outcome.message());
            afterwards.run();
        } catch (HomeLockedException busy) {
            machine.homeTaken();
        }
    }

    private void recover() {
        try {
            Optional<Outcome> ended = updates.get().recover(EventListener.NONE);
            ended.ifPresent(outcome -> log.say("An interrupted run: " + outcome.message()));
            if (ended.orElse(null) instanceof Outcome.NotRolledBack failed) {
                machine.needsAttention(failed.message());
            } else {
                machine.recovered();
            }
        } catch (HomeLockedException busy) {
            machine.homeTaken();
        }
    }

    private void observe(HostStatus host) {
        switch (host.state()) {
            case UPDATING -> machine.homeTaken();
            case INTERRUPTED -> machine.interrupted();
            case NEEDS_ATTENTION ->
                    machine.needsAttention(
                            host.last() == null
                                    ? "an update ended between two versions"
                                    : host.last().message());
            case IDLE -> {
                machine.homeFree();
                keepRunning(host);
            }
        }
    }

    private void keepRunning(HostStatus host) {
        if (host.installed() == null) {
            return; // an empty home has nothing to run
        }
        if (host.service().running()) {
            machine.productUp();
            onProbation = probation(host);
            return;
        }
        if (starter.stoppedOnPurpose()) {
            machine.productStopped();
            return;
        }
        switch (machine.state()) {
            case Watching _, Resting _ ->
                    machine.productDown(clock.instant(), host.service().words());
            case Restarting restarting when !restarting.nextTry().isAfter(clock.instant()) ->
                    start();
            case Holding holding ->
                    probation(host).ifPresent(run -> failProbation(run, holding.message()));
            case Restarting _, Recovering _, Updating _, Yielding _, NeedsAttention _ -> {}
        }
    }

    /// The update after which the installed release is on probation.
    private static Optional<String> probation(HostStatus host) {
        return host.probationUntil() == null || host.last() == null
                ? Optional.empty()
                : Optional.of(host.last().transaction());
    }

    private void start() {
        try {
            starter.start();
            machine.productUp();
        } catch (HomeLockedException busy) {
            machine.homeTaken();
        } catch (BelayException failure) {
            machine.productDown(clock.instant(), String.valueOf(failure.getMessage()));
        }
    }
}
