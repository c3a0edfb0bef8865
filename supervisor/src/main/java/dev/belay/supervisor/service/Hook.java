package dev.belay.supervisor.service;

import java.io.IOException;
import java.time.Duration;

/// A program of the release that the supervisor runs at one point of a hop: `preflight`,
/// `pre-backup`, `migrate`, `post-start` or `post-commit`. It gets a clean environment and an
/// argument array, and is killed with its children when its time is up.
public final class Hook {
    private static final String ASK_VENDOR = "Ask the vendor of the release.";

    private Hook() {}

    /// Runs it to its end.
    ///
    /// @param name which hook, for messages
    /// @param launch program, arguments, environment and user
    /// @param deadline how long it may take
    /// @throws ProgramFailure `hook-failed` or `hook-timeout`, with the end of its output
    public static void run(String name, Launch launch, Duration deadline) {
        ExternalCommand.Result result;
        try {
            result =
                    new ExternalCommand(
                                    launch.command(),
                                    launch.directory(),
                                    launch.environment(),
                                    launch.user())
                            .run(deadline);
        } catch (IOException e) {
            throw ProgramFailure.notStarted(
                    "hook-failed",
                    "The " + name + " hook of " + launch.version() + " cannot be started",
                    ASK_VENDOR,
                    e);
        }
        if (result.timedOut()) {
            throw new ProgramFailure(
                    "hook-timeout",
                    "The "
                            + name
                            + " hook of "
                            + launch.version()
                            + " had not ended after "
                            + deadline.toSeconds()
                            + " s and was killed.",
                    ASK_VENDOR,
                    result.output(),
                    null);
        }
        if (result.exit() != 0) {
            throw new ProgramFailure(
                    "hook-failed",
                    "The "
                            + name
                            + " hook of "
                            + launch.version()
                            + " ended with status "
                            + result.exit()
                            + ".",
                    ASK_VENDOR,
                    result.output(),
                    null);
        }
    }
}
