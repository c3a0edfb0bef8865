package dev.belay.supervisor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every state in which a crash may leave a home, in one process: it ends on one version, with
/// nothing lost, whatever command comes next. `-Dbelay.states=20000` says how many;
/// `-Dbelay.seed=7` chooses others, `-Dbelay.run=CHAIN` only those of some runs.
@Tag("slow")
class CrashStateTest {
    private static final int STATES = Integer.getInteger("belay.states", 800);
    private static final long SEED = Long.getLong("belay.seed", 20260102);
    private static final List<CrashRun> RUNS =
            Stream.of(CrashRun.values())
                    .filter(run -> run.name().matches(System.getProperty("belay.run", ".*")))
                    .toList();
    private static final Logger LOGS = Logger.getLogger("dev.belay");
    private static final Path MEMORY = Path.of("/dev/shm");
    @TempDir Path temporary;

    @Test
    void everyCrashStateEndsOnOneVersionWithNothingLost() throws Exception {
        LOGS.setLevel(Level.OFF);
        Path directory =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "belay-crash-")
                        : temporary;
        try {
            sweep(directory);
        } finally {
            DurableFiles.deleteTree(directory);
            LOGS.setLevel(null);
        }
    }

    private static void sweep(Path directory) throws Exception {
        List<Future<CrashSweep>> sweeps = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (CrashRun run : RUNS) {
                sweeps.add(
                        threads.submit(() -> {
                            CrashSweep sweep =
                                    new CrashSweep(run, directory.resolve(run.name()), SEED);
                            sweep.sweep(STATES / RUNS.size());
                            return sweep;
                        }));
            }
        }
        List<String> problems = new ArrayList<>();
        int[] sums = new int[5];
        for (Future<CrashSweep> future : sweeps) {
            CrashSweep sweep = future.get();
            sums[0] += sweep.states();
            sums[1] += sweep.doubles();
            for (CrashJudge.Verdict verdict : CrashJudge.Verdict.values()) {
                sums[2 + verdict.ordinal()] += sweep.count(verdict);
            }
            problems.addAll(sweep.problems());
        }
        problems.forEach(System.out::println);
        System.out.printf(
                "%d crash states of %d runs, %d of them in the recovery of another: %d recovered,"
                        + " %d unrecoverable, %d mixed, %d lost%n",
                sums[0],
                RUNS.size(),
                sums[1],
                sums[0] - sums[2] - sums[3] - sums[4],
                sums[2],
                sums[3],
                sums[4]);
        assertThat(problems).isEmpty();
    }
}
