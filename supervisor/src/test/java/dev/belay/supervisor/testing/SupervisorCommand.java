package dev.belay.supervisor.testing;

import dev.belay.supervisor.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The `supervisor` command as a process of its own.
///
/// @param status exit status
/// @param output standard output and standard error
public record SupervisorCommand(int status, String output) {
    /// Runs it to its end.
    public static SupervisorCommand run(String... words) throws Exception {
        return run(Main.class, words);
    }

    /// Runs another entry of it to its end.
    public static SupervisorCommand run(Class<?> main, String... words) throws Exception {
        Process process = builder(main, words).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new SupervisorCommand(process.exitValue(), output);
    }

    /// Starts it; what it says goes to a file.
    public static Process start(Path log, String... words) throws IOException {
        return builder(Main.class, words)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /// Ends a process that was started, if it still runs.
    public static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " cannot be killed");
        }
    }

    /// The command line of it.
    public static List<String> line(String... words) {
        return line(Main.class, words);
    }

    private static ProcessBuilder builder(Class<?> main, String... words) {
        return new ProcessBuilder(line(main, words)).redirectErrorStream(true);
    }

    private static List<String> line(Class<?> main, String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(Arrays.asList(words));
        return command;
    }
}
