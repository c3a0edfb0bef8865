package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.agent.AgentState.Holding;
import dev.belay.supervisor.agent.AgentState.NeedsAttention;
import dev.belay.supervisor.agent.AgentState.Recovering;
import dev.belay.supervisor.agent.AgentState.Restarting;
import dev.belay.supervisor.agent.AgentState.Resting;
import dev.belay.supervisor.agent.AgentState.Updating;
import dev.belay.supervisor.agent.AgentState.Watching;
import dev.belay.supervisor.agent.AgentState.Yielding;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The agent's state machine: one method per transition, one place that assigns. Thread-safe. A
/// transition that does not apply in the current state changes nothing, because what it reports is
/// older than what is known.
final class AgentMachine {
    private final CrashPolicy policy;
    private final RandomGenerator random;
    private final Consumer<AgentState> listener;
    private AgentState state = new Recovering();

    /// @param listener hears each new state, from the thread that caused it
    AgentMachine(CrashPolicy policy, RandomGenerator random, Consumer<AgentState> listener) {
        this.policy = policy;
        this.random = random;
        this.listener = listener;
    }

    synchronized AgentState state() {
        return state;
    }

    /// An interrupted run was found. What was left to a person is not tried again by itself.
    synchronized void interrupted() {
        if (!(state instanceof NeedsAttention)) {
            become(new Recovering());
        }
    }

    /// No interrupted run is left.
    synchronized void recovered() {
        if (state instanceof Recovering) {
            become(new Watching(List.of()));
        }
    }

    /// A person must look. Also the end of an update that could not be rolled back.
    synchronized void needsAttention(String reason) {
        become(new NeedsAttention(reason));
    }

    /// The product should run and does not.
    synchronized void productDown(Instant now, String reason) {
        switch (state) {
            case Watching(List<Instant> crashes) ->
                    become(policy.afterCrash(crashes, now, reason, random));
            case Restarting(List<Instant> crashes, Instant _, String _) ->
                    become(policy.afterCrash(crashes, now, reason, random));
            case Resting _ -> become(policy.afterCrash(List.of(), now, reason, random));
            case Recovering _, Holding _, Updating _, Yielding _, NeedsAttention _ -> {}
        }
    }

    /// A person stopped the product.
    synchronized void productStopped() {
        switch (state) {
            case Watching _, Restarting _, Holding _ -> become(new Resting());
            case Recovering _, Resting _, Updating _, Yielding _, NeedsAttention _ -> {}
        }
    }

    /// The product was seen running.
    synchronized void productUp() {
        switch (state) {
            case Restarting(List<Instant> crashes, Instant _, String _) ->
                    become(new Watching(crashes));
            case Resting _, Holding _, Yielding _, NeedsAttention _ ->
                    become(new Watching(List.of()));
            case Recovering _, Watching _, Updating _ -> {}
        }
    }

    /// Another supervisor took the home.
    synchronized void homeTaken() {
        if (!(state instanceof Updating)) {
            become(new Yielding());
        }
    }

    /// The home is free and nobody has to look; whether the product runs is seen next.
    synchronized void homeFree() {
        if (state instanceof Yielding || state instanceof NeedsAttention) {
            become(new Watching(List.of()));
        }
    }

    /// Whether an update could begin.
    ///
    /// @throws RefusedException `update-running` if something else is going on
    synchronized void requireFree() {
        switch (state) {
            case Updating _, Yielding _, Recovering _ -> throw updateRunning(state.message());
            case Watching _, Resting _, Restarting _, Holding _, NeedsAttention _ -> {}
        }
    }

    /// This agent is about to take the home for an update.
    ///
    /// @throws RefusedException `update-running` if something else is going on
    synchronized void updateBegun(String to, Instant now) {
        requireFree();
        become(new Updating(to, now));
    }

    static RefusedException updateRunning(String what) {
        return new RefusedException(
                "update-running",
                what + " No second update was started.",
                "Wait until it has finished; the page shows how far it is.");
    }

    /// The update has ended, one way or another.
    synchronized void updateEnded() {
        if (state instanceof Updating) {
            become(new Watching(List.of()));
        }
    }

    private void become(AgentState next) {
        if (!next.equals(state)) {
            state = next;
            listener.accept(next);
        }
    }
}
