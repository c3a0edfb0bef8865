package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `bin/supervisor` of an unpacked supervisor release, run to see whether it works here.
public final class SupervisorProgram {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /// What it finds its Java and its files with: the same as whoever starts it after the switch.
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "JAVA_HOME", "JAVA25_HOME", "LANG", "LC_ALL", "TZ");

    private final Path release;

    /// @param release directory of the release
    public SupervisorProgram(Path release) {
        this.release = release;
    }

    /// Runs it to its end.
    ///
    /// @return what is wrong, in words; empty if it ended with status 0 and one of its lines is
    ///   `expected`, if one is
    public Optional<String> fault(Optional<String> expected, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(release.resolve("bin/supervisor").toString()));
        command.addAll(List.of(arguments));
        String words = "bin/supervisor " + String.join(" ", arguments);
        ExternalCommand.Result result;
        try {
            result =
                    new ExternalCommand(command, release, environment(), Optional.empty())
                            .run(DEADLINE);
        } catch (IOException e) {
            return Optional.of(words + " cannot be started: " + e.getMessage());
        }
        if (result.timedOut()) {
            return Optional.of(words + " had not ended after " + DEADLINE.toSeconds() + " s");
        }
        if (result.exit() != 0) {
            return Optional.of(
                    words + " ended with status " + result.exit() + said(result.output()));
        }
        return expected.filter(line -> result.output().lines().noneMatch(line::equals))
                .map(line -> words + " did not say \"" + line + "\"" + said(result.output()));
    }

    private static String said(String output) {
        return output.isEmpty() ? "" : ": " + output.lines().reduce((_, last) -> last).orElse("");
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String name : INHERITED) {
            Optional.ofNullable(System.getenv(name))
                    .ifPresent(value -> environment.put(name, value));
        }
        return environment;
    }
}
