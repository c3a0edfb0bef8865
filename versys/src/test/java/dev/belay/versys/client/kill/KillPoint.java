package dev.belay.versys.client.kill;

import dev.belay.versys.testing.Strace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
            Process victim = host.start(log, Strace.killing(name, count).toArray(String[]::new));
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

        /// Every change of an undisturbed run, in the order of their kinds.
        static List<AtSystemCall> all(TufHost host, Path log, Path trace) throws Exception {
            int status =
                    host.start(log, Strace.counting(CHANGING, trace).toArray(String[]::new))
                            .waitFor();
            if (status != 0) {
                throw new IOException("an undisturbed run failed: " + Files.readString(log));
            }
            List<AtSystemCall> points = new ArrayList<>();
            Strace.mostInOneThread(trace)
                    .forEach((name, count) -> {
                        for (int n = 1; n <= count; n++) {
                            points.add(new AtSystemCall(name, n));
                        }
                    });
            return points;
        }
    }

    /// The n-th system call of that name fails with that error; all others work.
    record Failing(String name, int count, String error) implements KillPoint {
        @Override
        public boolean strike(TufHost host, LiveRepository repository, Path log) throws Exception {
            return host.start(log, Strace.failing(name, count, error).toArray(String[]::new))
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
}
