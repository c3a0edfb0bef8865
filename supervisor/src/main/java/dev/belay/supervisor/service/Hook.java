package dev.belay.supervisor.service;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.time.Duration;

/// A program of the release that the supervisor runs at one point of a hop: `preflight`, `migrate`
/// or `post-start`. It gets a clean environment and an argument array, and is killed with its
/// children when its time is up.
public final class Hook {
    private static final int SHOWN = 600;

    private Hook() {}

    /// Runs it to its end.
    ///
    /// @param name which hook, for messages
    /// @param launch program, arguments, environment and user
    /// @param deadline how long it may take
    /// @throws BelayException `hook-failed` or `hook-timeout`, with the end of its output
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
            throw failed(name, launch, "cannot be started: " + e.getMessage(), e);
        }
        if (result.timedOut()) {
            throw new BelayException(
                    "hook-timeout",
                    "The "
                            + name
                            + " hook of "
                            + launch.version()
                            + " had not ended after "
                            + deadline.toSeconds()
                            + " s and was killed."
                            + shown(result.output()),
                    "Ask the vendor of the release.");
        }
        if (result.exit() != 0) {
            throw failed(
                    name,
                    launch,
                    "ended with status " + result.exit() + shown(result.output()),
                    null);
        }
    }

    private static BelayException failed(
            String name,
            Launch launch,
            String how,
            @org.jspecify.annotations.Nullable Throwable cause) {
        return new BelayException(
                "hook-failed",
                "The " + name + " hook of " + launch.version() + " " + how,
                "Ask the vendor of the release.",
                cause);
    }

    private static String shown(String output) {
        if (output.isEmpty()) {
            return "";
        }
        return " Its last words: " + output.substring(Math.max(0, output.length() - SHOWN));
    }
}
