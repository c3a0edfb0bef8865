package dev.belay.supervisor.agent;

import java.time.Instant;
import java.util.List;

/// What the agent is doing. Each state carries what is known in it; [AgentMachine] moves between
/// them.
sealed interface AgentState {
    /// The state's name as the page and `agent.json` show it.
    String name();

    /// The same in words.
    String message();

    /// Brings an interrupted run to an end before anything else.
    record Recovering() implements AgentState {
        @Override
        public String name() {
            return "recovering";
        }

        @Override
        public String message() {
            return "Looking whether an update was interrupted.";
        }
    }

    /// The product runs.
    ///
    /// @param crashes recent ones
    record Watching(List<Instant> crashes) implements AgentState {
        @Override
        public String name() {
            return "watching";
        }

        @Override
        public String message() {
            return crashes.isEmpty()
                    ? "The product runs."
                    : "The product runs again after stopping unexpectedly (%d of late)."
                            .formatted(crashes.size());
        }
    }

    /// The product is down and is started again after a wait.
    ///
    /// @param crashes recent ones, this one included
    /// @param nextTry when it is started
    /// @param reason what was seen
    record Restarting(List<Instant> crashes, Instant nextTry, String reason) implements AgentState {
        @Override
        public String name() {
            return "restarting";
        }

        @Override
        public String message() {
            return "The product is down (%s). Start %d follows at %s."
                    .formatted(reason, crashes.size(), nextTry);
        }
    }

    /// A person stopped the product with `supervisor stop`; it is left alone until it runs again.
    record Resting() implements AgentState {
        @Override
        public String name() {
            return "resting";
        }

        @Override
        public String message() {
            return "The product was stopped on purpose. Start it with: supervisor start";
        }
    }

    /// The product stopped too often; it is left alone until a person has looked.
    record Holding(int crashes, Instant since, String reason) implements AgentState {
        @Override
        public String name() {
            return "holding";
        }

        @Override
        public String message() {
            return ("The product stopped %d times in a row and is not started again (last: %s)."
                            + " Look into its log, then start it or restart the agent.")
                    .formatted(crashes, reason);
        }
    }

    /// This agent runs an update.
    record Updating(String to, Instant since) implements AgentState {
        @Override
        public String name() {
            return "updating";
        }

        @Override
        public String message() {
            return "Updating to " + to + ".";
        }
    }

    /// Another supervisor works on the home; the product is its business until it has finished.
    record Yielding() implements AgentState {
        @Override
        public String name() {
            return "yielding";
        }

        @Override
        public String message() {
            return "Another supervisor command works on this home.";
        }
    }

    /// Neither the new nor the old state could be put in place by itself.
    record NeedsAttention(String reason) implements AgentState {
        @Override
        public String name() {
            return "needs-attention";
        }

        @Override
        public String message() {
            return "A person must look: " + reason;
        }
    }
}
