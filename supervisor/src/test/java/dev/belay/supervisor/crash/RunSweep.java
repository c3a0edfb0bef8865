package dev.belay.supervisor.crash;

import dev.belay.packaging.durable.DiskModel;
import dev.belay.packaging.durable.DiskTree;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.durable.RecordingDisk;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// One run, done to again and again what may happen to it, and what was found.
abstract class RunSweep {
    private static final int SHOWN = 10;
    final CrashRun run;
    final Random random;
    private final Path directory;
    private final Map<CrashJudge.Verdict, Integer> counts = new EnumMap<>(CrashJudge.Verdict.class);
    private final List<String> problems = new ArrayList<>();
    private int cases;

    /// @param directory empty; on a disk in memory, if there is one
    RunSweep(CrashRun run, Path directory, long seed) {
        this.run = run;
        this.directory = directory;
        this.random = new Random(seed);
    }

    /// Tries so many different cases.
    abstract void sweep(int wanted) throws Exception;

    int cases() {
        return cases;
    }

    int count(CrashJudge.Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    /// The first of what went wrong.
    List<String> problems() {
        return List.copyOf(problems);
    }

    /// What to call one kind of case in the summary, and how many of them there were.
    abstract String words();

    /// What the run does when nothing happens to it.
    ///
    /// @param model every change to the home
    /// @param judge knows how a whole home looks
    record Undisturbed(DiskModel model, CrashJudge judge) {}

    final Undisturbed undisturbed() throws Exception {
        SimulatedShop shop = new SimulatedShop();
        ShopHost host = run.host(directory, shop);
        CrashJudge judge = new CrashJudge(run, shop::configs);
        judge.learnReleases(host.home());
        try (RecordingDisk disk = new RecordingDisk(host.home().root())) {
            shop.eachMoment(disk::settle);
            run.run(host);
            shop.eachMoment(() -> {});
            judge.learnReleases(host.home());
            DiskModel model = disk.model();
            judge.ended(host);
            return new Undisturbed(model, judge);
        }
    }

    /// A host on which it lies so.
    final ShopHost made(DiskTree tree) throws IOException {
        Path home = directory.resolve("home");
        DurableFiles.deleteTree(home);
        tree.writeTo(home);
        return new ShopHost(home, directory.resolve("repository"), new SimulatedShop());
    }

    /// What is to be judged.
    interface Case {
        void judge() throws CrashJudge.Failed;
    }

    /// @param words how to come to it again
    /// @param tree what it began with
    final void judged(String words, DiskTree tree, Case judgement) {
        cases++;
        try {
            judgement.judge();
        } catch (CrashJudge.Failed failed) {
            counts.merge(failed.verdict(), 1, Integer::sum);
            if (problems.size() < SHOWN) {
                problems.add(
                        run
                                + ", "
                                + words
                                + ": "
                                + failed.verdict()
                                + ", "
                                + failed.getMessage()
                                + journals(tree)
                                + trace(failed));
            }
        }
    }

    private static String trace(CrashJudge.Failed failed) {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            words.append("\n    ").append(cause);
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (frame.getClassName().startsWith("dev.belay")
                        && !frame.getClassName().contains(".crash.")) {
                    words.append("\n      at ").append(frame);
                }
            }
        }
        return words.toString();
    }

    /// What a supervisor that takes over can know.
    private String journals(DiskTree tree) {
        StringBuilder words = new StringBuilder();
        try {
            Home home = made(tree).home();
            for (String id : JournalFile.transactions(home.journal())) {
                words.append("\n    journal ").append(id).append(": ");
                JournalFile.read(home.journal(), id)
                        .forEach(entry -> words.append(name(entry)).append(' '));
            }
        } catch (IOException | RuntimeException e) {
            words.append("\n    no journals: ").append(e);
        }
        return words.toString();
    }

    private static String name(JournalRecord entry) {
        return entry instanceof JournalRecord.StepBegun begun
                ? begun.step().toString()
                : entry.getClass().getSimpleName();
    }
}
