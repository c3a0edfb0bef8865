package dev.belay.supervisor.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Starts a command as the leader of a session of its own, with exactly the environment it is given
/// and, if asked, as another user.
///
/// `setsid` (util-linux) makes the session; it does not fork here, because a child of the JVM never
/// leads a process group, so the process number is that of the command itself.
final class ProcessStart {
    private static final String MARK = "BELAY_PROCESS";

    private ProcessStart() {}

    /// A mark that no other process carries.
    static String newMark() {
        return MARK + "=" + UUID.randomUUID();
    }

    /// @param mark from [#newMark()], put into the environment
    static ProcessBuilder prepare(
            Path directory,
            List<String> command,
            Map<String, String> environment,
            Optional<String> user,
            String mark) {
        List<String> line = new ArrayList<>(List.of("setsid", "--wait"));
        user.filter(_ -> runsAsRoot()).ifPresent(name -> line.addAll(asUser(name)));
        line.addAll(resolved(directory, command));
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark.substring(MARK.length() + 1));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder;
    }

    private static List<String> resolved(Path directory, List<String> command) {
        Path own = directory.resolve(command.getFirst());
        if (!Files.isRegularFile(own)) {
            return command;
        }
        List<String> line = new ArrayList<>(command);
        line.set(0, own.toAbsolutePath().toString());
        return line;
    }

    private static List<String> asUser(String user) {
        return List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + primaryGroup(user),
                "--init-groups",
                "--");
    }

    private static String primaryGroup(String user) {
        try {
            Process id =
                    new ProcessBuilder("id", "-g", "--", user).redirectErrorStream(true).start();
            String answer = new String(id.getInputStream().readAllBytes(), UTF_8).strip();
            if (id.waitFor() == 0) {
                return answer;
            }
            throw noSuchUser(user, answer);
        } catch (IOException e) {
            throw noSuchUser(user, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noSuchUser(user, "interrupted");
        }
    }

    private static BelayException noSuchUser(String user, String reason) {
        return new BelayException(
                "service-user-unknown",
                "The product is to run as user " + user + ", who cannot be looked up: " + reason,
                "Create the user or correct it, then run the command again.");
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
