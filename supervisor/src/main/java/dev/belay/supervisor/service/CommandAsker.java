package dev.belay.supervisor.service;

import java.io.IOException;
import java.time.Duration;

/// Runs a program of the release.
final class CommandAsker implements HealthAsker {
    private static final int SHOWN = 200;
    private final Launch launch;

    CommandAsker(Launch launch) {
        this.launch = launch;
    }

    @Override
    public String whom() {
        return String.join(" ", launch.command());
    }

    @Override
    public HealthAnswer ask(Duration left) {
        try {
            ExternalCommand.Result result =
                    new ExternalCommand(
                                    launch.command(),
                                    launch.directory(),
                                    launch.environment(),
                                    launch.user())
                            .run(HealthAsker.wait(left));
            if (result.timedOut()) {
                return HealthAsker.late(left);
            }
            return result.exit() == 0
                    ? new HealthAnswer.Good()
                    : new HealthAnswer.Refused(
                            "ended with status " + result.exit() + lastLine(result.output()));
        } catch (IOException e) {
            return new HealthAnswer.Silent("could not be started: " + e.getMessage());
        }
    }

    private static String lastLine(String output) {
        String line = output.substring(output.lastIndexOf('\n') + 1).strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(SHOWN, line.length()));
    }

    @Override
    public Duration again() {
        return Duration.ofSeconds(1); // a program costs more than a question
    }
}
