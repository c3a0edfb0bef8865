package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;

/// Another agent runs on this home. Nothing was changed.
final class AgentRunningException extends BelayException {
    private static final long serialVersionUID = 1;

    AgentRunningException() {
        super(
                "agent-running",
                "Another agent runs on this home. This one was not started.",
                "Use the running one: `supervisor open` prints the link to its page.");
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.LOCKED;
    }
}
