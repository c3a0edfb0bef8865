package dev.belay.versys.client.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// When a client process is killed, or what else befalls it.
sealed interface KillPoint {
    /// Starts a client and strikes it there, if it comes that far.
    ///
    /// @return whether it did not succeed
    boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception;

    /// When the server has received a request, or has sent half of its answer.
    record AtRequest(int request, boolean half) implements KillPoint {
        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            Process[] victim = new Process[1];
            synchronized (repository) {
                repository.watch((number, halfOut) -> {
                    if (number == request && halfOut == half) {
                        victim(repository, victim).destroyForcibly();
                    }
                });
                victim[0] = host.start(log);
            }
            boolean killed = victim[0].waitFor() != 0;
            repository.watch((number, halfOut) -> {});
            return killed;
        }

        private static Process victim(LiveRepository repository, Process[] started) {
            synchronized (repository) {
                return started[0];
            }
        }
    }

    /// So long after its start.
    record AfterMillis(long millis) implements KillPoint {
        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            Process victim = host.start(log);
            boolean killed = !victim.waitFor(millis, TimeUnit.MILLISECONDS);
            victim.destroyForcibly();
            return victim.waitFor() != 0 && killed;
        }
    }

    /// At the n-th system call of that name, by `strace`: between any two changes on the disk.
    record AtSystemCall(String name, int count) implements KillPoint {
        private static final List<String> CHANGING =
                List.of("write", "fsync", "rename", "unlink", "ftruncate", "fchmodat", "chmod");

        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            Process victim = host.start(log, traced(false, name, "signal=SIGKILL:when=" + count));
            return victim.waitFor() != 0;
        }

        /// The same system call, which does not kill but fails.
        KillPoint failing() {
            String error =
                    switch (name) {
                        case "fsync", "unlink" -> "EIO";
                        case "rename" -> "EDQUOT";
                        case "chmod", "fchmodat" -> "EROFS";
                        default -> "ENOSPC";
                    };
            return new Failing(name, count, error);
        }

        /// Whether processes may be traced here.
        static boolean possible() {
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

        /// Every change of an undisturbed run, in the order of their kinds.
        static List<AtSystemCall> all(TufHost host, Path log, Path trace) throws Exception {
            int status =
                    host.start(
                                    log,
                                    "strace",
                                    "-f",
                                    "-qqq",
                                    "--seccomp-bpf",
                                    "--trace=" + String.join(",", CHANGING),
                                    "-o",
                                    trace.toString())
                            .waitFor();
            if (status != 0) {
                throw new IOException("an undisturbed run failed: " + Files.readString(log));
            }
            List<AtSystemCall> points = new ArrayList<>();
            mostInOneThread(trace)
                    .forEach((name, count) -> {
                        for (int n = 1; n <= count; n++) {
                            points.add(new AtSystemCall(name, n));
                        }
                    });
            return points;
        }

        /// Counters of `strace` are per thread; the one that does the work has the most.
        private static Map<String, Integer> mostInOneThread(Path trace) throws IOException {
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

    /// The n-th system call of that name fails with that error; all others work.
    record Failing(String name, int count, String error) implements KillPoint {
        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            return host.start(log, traced(true, name, "error=" + error + ":when=" + count))
                            .waitFor()
                    != 0;
        }
    }

    /// With so little memory that it cannot hold what it is sent.
    record WithLittleMemory(String heap) implements KillPoint {
        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            return host.start(log, "env", "JAVA_TOOL_OPTIONS=-Xmx" + heap).waitFor() != 0;
        }
    }

    /// Keeps what the client says while that happens.
    record Noting(KillPoint point, Path said) implements KillPoint {
        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            return point.strike(host, repository, said);
        }
    }

    /// @param filtered stop at that system call only: faster, but strace up to 6.1 at least forgets
    ///   to send signals then
    private static String[] traced(boolean filtered, String systemCall, String injection) {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qqq"));
        if (filtered) {
            command.add("--seccomp-bpf");
        }
        command.addAll(
                List.of(
                        "--trace=" + systemCall,
                        "--inject=" + systemCall + ":" + injection,
                        "-o",
                        "/dev/null"));
        return command.toArray(String[]::new);
    }
}
