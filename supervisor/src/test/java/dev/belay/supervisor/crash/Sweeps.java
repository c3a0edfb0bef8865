package dev.belay.supervisor.crash;

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

/// Sweeps all runs side by side, on a disk in memory if there is one, and prints what was found.
/// `-Dbelay.seed=7` chooses other cases, `-Dbelay.run=CHAIN` sweeps only some runs.
final class Sweeps {
    private static final long SEED = Long.getLong("belay.seed", 20260102);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Logger LOGS = Logger.getLogger("dev.belay");

    private Sweeps() {}

    /// Makes the sweep of one run.
    interface Kind {
        RunSweep of(CrashRun run, Path directory, long seed);
    }

    /// @param what what is counted, in words
    /// @param wanted how many of them in all
    /// @param temporary where there is room, if not in memory
    /// @return what went wrong
    static List<String> run(String what, Kind kind, int wanted, Path temporary) throws Exception {
        Path directory =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "belay-sweep-")
                        : temporary;
        LOGS.setLevel(Level.OFF); // they would tell of each failure
        try {
            return report(what, swept(kind, wanted, directory));
        } finally {
            LOGS.setLevel(null);
            DurableFiles.deleteTree(directory);
        }
    }

    private static List<RunSweep> swept(Kind kind, int wanted, Path directory) throws Exception {
        List<CrashRun> runs =
                Stream.of(CrashRun.values())
                        .filter(run -> run.name().matches(System.getProperty("belay.run", ".*")))
                        .toList();
        List<Future<RunSweep>> sweeps = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (CrashRun run : runs) {
                sweeps.add(
                        threads.submit(() -> {
                            RunSweep sweep = kind.of(run, directory.resolve(run.name()), SEED);
                            sweep.sweep(wanted / runs.size());
                            return sweep;
                        }));
            }
        }
        List<RunSweep> swept = new ArrayList<>();
        for (Future<RunSweep> sweep : sweeps) {
            swept.add(sweep.get());
        }
        return swept;
    }

    private static List<String> report(String what, List<RunSweep> sweeps) {
        List<String> problems =
                sweeps.stream().flatMap(sweep -> sweep.problems().stream()).toList();
        problems.forEach(System.out::println);
        for (RunSweep sweep : sweeps) {
            System.out.printf("  %-22s %6d, %s%n", sweep.run, sweep.cases(), sweep.words());
        }
        int cases = sweeps.stream().mapToInt(RunSweep::cases).sum();
        int failed = 0;
        StringBuilder words = new StringBuilder();
        for (CrashJudge.Verdict verdict : CrashJudge.Verdict.values()) {
            int count = sweeps.stream().mapToInt(sweep -> sweep.count(verdict)).sum();
            failed += count;
            words.append(", ").append(count).append(' ').append(verdict.words());
        }
        System.out.printf("%d %s: %d recovered%s%n", cases, what, cases - failed, words);
        return problems;
    }
}
