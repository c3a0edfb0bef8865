package dev.belay.versys.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `strace` in front of a command: counts its system calls, or strikes it at one of them.
public final class Strace {
    private static final List<String> ALL_THREADS = List.of("strace", "-f", "-qqq");

    private Strace() {}

    /// Whether processes may be traced here.
    public static boolean possible() {
        try {
            return new ProcessBuilder(
                                    "strace",
                                    "-f",
                                    "-qqq",
                                    "--seccomp-bpf",
                                    "-o",
                                    "/dev/null",
                                    "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /// Writes these system calls to a file, for [#mostInOneThread].
    public static List<String> counting(List<String> calls, Path trace) {
        List<String> command = new ArrayList<>(ALL_THREADS);
        command.add("--seccomp-bpf");
        command.add("--trace=" + String.join(",", calls));
        command.addAll(List.of("-o", trace.toString()));
        return command;
    }

    /// The n-th such call of a thread kills its process; the call is not made.
    public static List<String> killing(String call, int count) {
        // with --seccomp-bpf strace up to 6.1 at least forgets to send signals
        return injecting(call, "signal=SIGKILL:when=" + count, List.of());
    }

    /// The n-th such call of a thread fails; all others work.
    ///
    /// @param error for example `ENOSPC`
    public static List<String> failing(String call, int count, String error) {
        return injecting(call, "error=" + error + ":when=" + count, List.of("--seccomp-bpf"));
    }

    private static List<String> injecting(String call, String what, List<String> options) {
        List<String> command = new ArrayList<>(ALL_THREADS);
        command.addAll(options);
        command.addAll(
                List.of("--trace=" + call, "--inject=" + call + ":" + what, "-o", "/dev/null"));
        return command;
    }

    /// How often each call was made by the thread that made it most: counters of `strace` are per
    /// thread, and one does the work.
    public static Map<String, Integer> mostInOneThread(Path trace) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        try (Stream<String> lines = Files.lines(trace)) {
            lines.forEach(line -> {
                String[] words = line.split(" +", 3);
                int open = words.length < 2 ? -1 : words[1].indexOf('(');
                if (open > 0) {
                    String call = words[1].substring(0, open);
                    int count = counts.merge(words[0] + " " + call, 1, Integer::sum);
                    most.merge(call, count, Math::max);
                }
            });
        }
        return most;
    }
}
