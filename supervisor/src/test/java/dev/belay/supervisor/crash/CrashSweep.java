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
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Stops one run at every moment, in every form that a disk may have then, and lets commands take
/// over; stops those at some of their moments, too.
final class CrashSweep {
    private static final int SHOWN = 10;

    /// After every how manieth state the next update is tried too.
    private static final int GOING_ON = 8;

    private final CrashRun run;
    private final Path directory;
    private final Random random;
    private final Set<DiskTree> known = new HashSet<>();
    private final Map<CrashJudge.Verdict, Integer> counts = new EnumMap<>(CrashJudge.Verdict.class);
    private final List<String> problems = new ArrayList<>();
    private int states;
    private int doubles;

    /// How much of a tree survives.
    private enum Form {
        EVERYTHING,
        FORCED,
        REORDERED
    }

    /// A tree after a crash, and how to come to it again.
    private record State(String words, DiskTree tree, DiskModel model, boolean power) {}

    /// @param directory empty; on a disk in memory, if there is one
    CrashSweep(CrashRun run, Path directory, long seed) {
        this.run = run;
        this.directory = directory;
        this.random = new Random(seed);
    }

    int states() {
        return states;
    }

    int doubles() {
        return doubles;
    }

    int count(CrashJudge.Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    /// The first of what went wrong.
    List<String> problems() {
        return List.copyOf(problems);
    }

    /// Goes through so many different states.
    void sweep(int wanted) throws Exception {
        SimulatedShop shop = new SimulatedShop();
        ShopHost host = run.host(directory, shop);
        CrashJudge judge;
        DiskModel model;
        Set<String> written = Set.of();
        if (run == CrashRun.WAY_BACK) {
            written = Set.of(CrashRun.SINCE);
        }
        judge = new CrashJudge(run, shop.configs());
        judge.learnReleases(host.home());
        try (RecordingDisk disk = new RecordingDisk(host.home().root())) {
            shop.eachMoment(disk::settle);
            run.run(host);
            shop.eachMoment(() -> {});
            model = disk.model();
        }
        judge = new CrashJudge(run, shop.configs());
        judge.learnReleases(new Home(directory.resolve("home")));
        judge.ended(host, written);
        List<State> first = states(model, 0, wanted * 3 / 5, "");
        for (int i = 0; i < first.size(); i++) {
            judge(first.get(i), i, judge, written);
        }
        int again = 0;
        Collections.shuffle(first, random);
        for (State state : first) {
            if (states >= wanted) {
                break;
            }
            again += crashAgain(state, again, judge, written, Math.min(40, wanted - states));
        }
        doubles = again;
    }

    /// The states of a run, all of the plain forms, and as many of the third as are wanted.
    ///
    /// @param from the first change after which it is stopped
    private List<State> states(DiskModel model, int from, int wanted, String before) {
        List<State> plain = new ArrayList<>();
        for (int n = from; n <= model.changes().size(); n++) {
            DiskModel cut = model.upTo(n);
            if (n == from || cut.changes().getLast().visible()) {
                add(plain, before, Form.EVERYTHING, n, 0, cut);
            }
            add(plain, before, Form.FORCED, n, 0, cut);
        }
        Collections.shuffle(plain, random);
        List<State> chosen = new ArrayList<>(plain.subList(0, Math.min(plain.size(), wanted)));
        for (int attempts = 0; chosen.size() < wanted && attempts < 10 * wanted; attempts++) {
            int n = from + random.nextInt(model.changes().size() - from + 1);
            add(chosen, before, Form.REORDERED, n, random.nextLong(), model.upTo(n));
        }
        return chosen;
    }

    private void add(
            List<State> states, String before, Form form, int n, long seed, DiskModel model) {
        DiskTree whole =
                switch (form) {
                    case EVERYTHING -> model.everything();
                    case FORCED -> model.forced();
                    case REORDERED -> model.reordered(seed);
                };
        boolean power = form != Form.EVERYTHING;
        // who held the lock was this very process, which goes on
        DiskTree tree = whole.without(".supervisor/lock.json", ".supervisor/staging.lock.json");
        if (power) {
            tree = tree.without(SimulatedShop.PROCESS);
        }
        if (known.add(tree)) {
            String words =
                    before
                            + form
                            + " after "
                            + n
                            + (n == 0 ? "" : " (" + model.changes().getLast() + ")")
                            + (form == Form.REORDERED ? " seed " + seed : "");
            states.add(new State(words, tree, model, power));
        }
    }

    private ShopHost made(State state) throws IOException {
        Path home = directory.resolve("home");
        DurableFiles.deleteTree(home);
        state.tree().writeTo(home);
        return new ShopHost(home, directory.resolve("repository"), new SimulatedShop());
    }

    private static Takeover takeover(int number) {
        return Takeover.values()[number % Takeover.values().length];
    }

    private void judge(State state, int number, CrashJudge judge, Set<String> written)
            throws IOException {
        states++;
        ShopHost host = made(state);
        Set<String> acknowledged = new HashSet<>(written);
        if (serve(host)) {
            acknowledged.add(CrashRun.UNWATCHED);
        }
        take(state, host, takeover(number), judge, acknowledged);
    }

    private void take(
            State state,
            ShopHost host,
            Takeover takeover,
            CrashJudge judge,
            Set<String> acknowledged) {
        try {
            judge.takeOver(host, takeover, acknowledged);
            if (random.nextInt(GOING_ON) == 0) {
                judge.goesOn(host);
            }
        } catch (CrashJudge.Failed failed) {
            counts.merge(failed.verdict(), 1, Integer::sum);
            if (problems.size() < SHOWN) {
                problems.add(words(state, takeover, failed));
            }
        }
    }

    private String words(State state, Takeover takeover, CrashJudge.Failed failed) {
        StringBuilder words =
                new StringBuilder(
                        run
                                + ", "
                                + state.words()
                                + ", then "
                                + takeover
                                + ": "
                                + failed.verdict()
                                + ", "
                                + failed.getMessage());
        words.append(journals(state));
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

    /// What the supervisor that takes over can know.
    private String journals(State state) {
        StringBuilder words = new StringBuilder();
        try {
            Home home = made(state).home();
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

    /// A product that outlives the supervisor goes on.
    private static boolean serve(ShopHost host) throws IOException {
        String running = SimulatedShop.running(host.home()).orElse("");
        if (!running.isEmpty() && SimulatedShop.fault(host.home(), running).isEmpty()) {
            SimulatedShop.add(host.home(), running, CrashRun.UNWATCHED);
            DurableFiles.syncFile(SimulatedShop.rowsOf(host.home()));
            return true;
        }
        return false;
    }

    /// Stops the command that takes over as well.
    ///
    /// @return how many states that gave
    private int crashAgain(
            State state, int number, CrashJudge judge, Set<String> written, int wanted)
            throws IOException {
        ShopHost host = made(state);
        Takeover first = takeover(number + random.nextInt(Takeover.values().length));
        Set<String> acknowledged = new HashSet<>(written);
        DiskModel model;
        int served;
        try (RecordingDisk disk = new RecordingDisk(host.home().root())) {
            if (serve(host)) {
                acknowledged.add(CrashRun.UNWATCHED);
            }
            DiskModel begun = disk.model();
            try {
                first.on(host);
            } catch (RuntimeException | SimulatedShop.NotWhole failure) {
                // judged with the state itself
            }
            DiskModel again = disk.model();
            model = state.power() ? again : state.model().then(again.changes());
            served = begun.changes().size() + (state.power() ? 0 : state.model().changes().size());
        }
        List<State> second = states(model, served, wanted, state.words() + "; " + first + " ");
        for (int i = 0; i < second.size(); i++) {
            states++;
            ShopHost left = made(second.get(i));
            Set<String> rows = new HashSet<>(acknowledged);
            if (!acknowledged.contains(CrashRun.UNWATCHED) && serve(left)) {
                rows.add(CrashRun.UNWATCHED);
            }
            Takeover then = takeover(number + i);
            take(second.get(i), left, then, first.setsAside() ? judge.agreed() : judge, rows);
        }
        return second.size();
    }
}
