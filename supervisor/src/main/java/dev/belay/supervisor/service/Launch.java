package dev.belay.supervisor.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How to start the product of one release.
///
/// @param version the release's version
/// @param directory the release's directory; working directory of the process
/// @param command program and arguments; a program that exists in the release is started from
///   there, otherwise it is looked up on `PATH`. No shell is involved
/// @param environment the whole environment, nothing else is passed on
/// @param user the user to run as; empty for the supervisor's own
public record Launch(
        String version,
        Path directory,
        List<String> command,
        Map<String, String> environment,
        Optional<String> user) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command has at least a program");
        }
    }
}
