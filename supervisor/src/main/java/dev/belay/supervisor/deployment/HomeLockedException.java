package dev.belay.supervisor.deployment;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;

/// Another supervisor works on this home. Nothing was changed.
public final class HomeLockedException extends BelayException {
    private static final long serialVersionUID = 1;

    /// @param owner who holds it, for example `process 4711 (supervisor update --yes), since …`
    public HomeLockedException(String owner) {
        super(
                "home-locked",
                "Another supervisor works on this home: " + owner + ". Nothing was changed.",
                "Wait until it has finished, then run the command again.");
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.LOCKED;
    }
}
