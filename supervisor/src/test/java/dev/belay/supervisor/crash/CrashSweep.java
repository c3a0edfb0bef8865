package dev.belay.supervisor.crash;

import dev.belay.packaging.durable.DiskModel;
import dev.belay.packaging.durable.DiskTree;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.durable.RecordingDisk;
import dev.belay.supervisor.testing.ShopHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Stops one run at every moment, in every form that a disk may have then, and lets commands take
/// over; stops those at some of their moments, too.
final class CrashSweep extends RunSweep {
    /// After every how manieth state the next update, or the way back, is tried too.
    private static final int GOING_ON = 8;

    /// How many states of one recovery.
    private static final int AGAIN = 10;

    private final Set<DiskTree> known = new HashSet<>();
    private int again;

    /// How much of a tree survives.
    private enum Form {
        EVERYTHING,
        FORCED,
        REORDERED
    }

    /// A tree after a crash, and how to come to it again.
    private record State(String words, DiskTree tree, DiskModel model, boolean power) {}

    CrashSweep(CrashRun run, Path directory, long seed) {
        super(run, directory, seed);
    }

    @Override
    String words() {
        return again + " in the recovery of another";
    }

    @Override
    void sweep(int wanted) throws Exception {
        Undisturbed undisturbed = undisturbed();
        CrashJudge judge = undisturbed.judge();
        List<State> first = states(undisturbed.model(), 0, wanted * 3 / 5, "");
        for (int i = 0; i < first.size(); i++) {
            ShopHost host = made(first.get(i).tree());
            take(first.get(i), host, takeover(i), serving(judge, host));
        }
        Collections.shuffle(first, random);
        for (State state : first) {
            if (cases() < wanted) {
                crashAgain(state, judge, Math.min(AGAIN, wanted - cases()));
            }
        }
    }

    /// The states of a run: of the plain forms as many as are wanted, and the third to fill up.
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
        // what a run has said must stand, whatever happens next
        State end = plain.isEmpty() ? null : plain.getLast();
        Collections.shuffle(plain, random);
        if (end != null) {
            Collections.swap(plain, 0, plain.indexOf(end));
        }
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

    private static Takeover takeover(int number) {
        return Takeover.values()[number % Takeover.values().length];
    }

    private void take(State state, ShopHost host, Takeover takeover, CrashJudge judge) {
        judged(
                state.words() + ", then " + takeover,
                state.tree(),
                () -> {
                    judge.takeOver(host, takeover);
                    switch (random.nextInt(GOING_ON)) {
                        case 0 -> judge.goesOn(host);
                        case 1 -> judge.goesBack(host);
                        default -> {}
                    }
                });
    }

    /// A product that outlives the supervisor goes on.
    private static CrashJudge serving(CrashJudge judge, ShopHost host) throws IOException {
        String running = SimulatedShop.running(host.home()).orElse("");
        if (running.isEmpty() || SimulatedShop.fault(host.home(), running).isPresent()) {
            return judge;
        }
        SimulatedShop.add(host.home(), running, CrashRun.UNWATCHED);
        DurableFiles.syncFile(SimulatedShop.rowsOf(host.home()));
        return judge.served();
    }

    /// Stops the command that takes over as well.
    private void crashAgain(State state, CrashJudge judge, int wanted) throws IOException {
        ShopHost host = made(state.tree());
        Takeover first = takeover(random.nextInt(Takeover.values().length));
        CrashJudge served;
        DiskModel model;
        int begun = state.power() ? 0 : state.model().changes().size();
        try (RecordingDisk disk = new RecordingDisk(host.home().root())) {
            served = serving(judge, host);
            begun += disk.model().changes().size();
            try {
                first.on(host);
            } catch (RuntimeException | SimulatedShop.NotWhole failure) {
                // judged with the state itself
            }
            model = state.power() ? disk.model() : state.model().then(disk.model().changes());
        }
        CrashJudge knowing = first.setsAside() ? served.agreed() : served;
        List<State> second = states(model, begun, wanted, state.words() + "; " + first + " ");
        for (int i = 0; i < second.size(); i++) {
            again++;
            ShopHost left = made(second.get(i).tree());
            take(
                    second.get(i),
                    left,
                    takeover(i),
                    knowing.equals(judge) ? serving(knowing, left) : knowing);
        }
    }
}
