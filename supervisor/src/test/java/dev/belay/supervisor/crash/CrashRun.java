package dev.belay.supervisor.crash;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is stopped at every moment. To sweep another run, add a constant.
enum CrashRun {
    /// One hop.
    UPDATE("2.0.0", "ok"),
    /// Two hops.
    CHAIN("3.0.0", "ok", "ok"),
    /// One hop after another run, of which something is thrown away then.
    SECOND_UPDATE("3.0.0", "ok", "ok") {
        @Override
        void prepare(ShopHost host) {
            host.updates().update(UpdateRequest.to(TWO), EventListener.NONE);
        }
    },
    /// The second try of an update on a host with local changes, of which the first try had taken
    /// another.
    LOCAL_CHANGES("2.0.0", "ok") {
        @Override
        void prepare(ShopHost host) throws IOException {
            Path program = host.home().release(Version.of("1.0.0")).resolve("lib");
            Files.writeString(program.resolve("first"), "a driver\n");
            Killed.inUpdate(host, Step.SET_ASIDE);
            host.updates().recover(EventListener.NONE);
            Files.delete(program.resolve("first"));
            Files.writeString(program.resolve("second"), "another driver\n");
        }
    },
    /// The second of two hops fails: back to the release between.
    CHAIN_THAT_FAILS("2.0.0", "ok", "crash"),
    /// The third of three hops fails, and the admin wants all or nothing: back to the first
    /// release.
    CHAIN_THAT_RETURNS("1.0.0", "ok", "ok", "crash") {
        @Override
        Outcome run(ShopHost host) {
            return host.updates().update(ShopHost.ALL_OR_NOTHING, EventListener.NONE);
        }
    },
    /// The same where a migration fails in the middle.
    CHAIN_THAT_RETURNS_FROM_A_MIGRATION("1.0.0", "ok", "bad-migration") {
        @Override
        Outcome run(ShopHost host) {
            return host.updates().update(ShopHost.ALL_OR_NOTHING, EventListener.NONE);
        }
    },
    /// The new release does not become healthy.
    UPDATE_THAT_FAILS("1.0.0", "crash"),
    /// The migration fails in the middle.
    MIGRATION_THAT_FAILS("1.0.0", "bad-migration"),
    /// The release before, on request, though something was written since.
    WAY_BACK("1.0.0", "ok") {
        @Override
        void prepare(ShopHost host) throws IOException {
            host.updates().update(UpdateRequest.latest(), EventListener.NONE);
            SimulatedShop.add(host.home(), "2.0.0", SINCE);
        }

        @Override
        Outcome run(ShopHost host) {
            return host.updates().rollback(true, EventListener.NONE);
        }
    },
    /// A backup of the release in use.
    RESTORE("1.0.0") {
        @Override
        Outcome run(ShopHost host) throws IOException {
            return host.updates().restore(backup(host), EventListener.NONE);
        }
    },
    /// A backup of another release, whose program is not here any more.
    RESTORE_WITH_PROGRAM("1.0.0", "ok", "ok") {
        @Override
        void prepare(ShopHost host) {
            host.updates().update(UpdateRequest.to(TWO), EventListener.NONE);
            host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        }

        @Override
        Outcome run(ShopHost host) throws IOException {
            return host.updates().restore(backup(host), EventListener.NONE);
        }
    };

    /// Rows that every backup has, and one that came after the first.
    static final List<String> EARLY = List.of("1", "2", "3");

    static final String LATE = "4";

    /// A row that was written since the update.
    static final String SINCE = "5";

    /// A row that was written after the supervisor had died.
    static final String UNWATCHED = "6";

    private static final Version TWO = Version.of("2.0.0");

    private final String end;
    private final List<String> behaviours;

    /// @param behaviours of 2.0.0, 3.0.0 and so on, each a hop from the one before
    CrashRun(String end, String... behaviours) {
        this.end = end;
        this.behaviours = List.of(behaviours);
    }

    /// Which release is installed when nothing stops it.
    String end() {
        return end;
    }

    /// What happens before.
    void prepare(ShopHost host) throws IOException {}

    Outcome run(ShopHost host) throws IOException {
        return host.updates().update(UpdateRequest.latest(), EventListener.NONE);
    }

    /// A host on which 1.0.0 runs, with a backup that a person made.
    final ShopHost host(Path directory, SimulatedShop shop) throws IOException {
        ShopVendor vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        for (int i = 0; i < behaviours.size(); i++) {
            vendor.release((i + 2) + ".0.0", (i + 1) + ".0.0", behaviours.get(i));
        }
        ShopHost host =
                new ShopHost(directory.resolve("home"), directory.resolve("repository"), shop);
        host.install("1.0.0");
        SimulatedShop.fill(host.home(), "1.0.0", EARLY);
        host.parts(() -> false)
                .backups()
                .createWithProgram(Deployment.installed(host.home()), "test", true);
        SimulatedShop.add(host.home(), "1.0.0", LATE);
        new ProductControl(host.parts(() -> false)).start();
        prepare(host);
        return host;
    }

    /// What rows may be in use after it, or before it.
    boolean allows(Set<String> rows) {
        return rows.containsAll(EARLY) && (rows.contains(LATE) || restores());
    }

    /// Rows that were written since the hop that it may undo.
    Set<String> since() {
        return this == WAY_BACK ? Set.of(SINCE) : Set.of();
    }

    /// Releases that fail by themselves, or that a person leaves.
    Set<String> mayReject() {
        Set<String> left = new HashSet<>(this == WAY_BACK ? Set.of("2.0.0") : Set.of());
        for (int i = 0; i < behaviours.size(); i++) {
            if (!behaviours.get(i).equals("ok")) {
                left.add((i + 2) + ".0.0");
            }
        }
        return left;
    }

    /// Whether a release is still in the making: it gets the local changes of the one in use, and
    /// counts for nothing before it is.
    boolean mayChange(String release, String installed) {
        return this == LOCAL_CHANGES && !release.equals(installed);
    }

    private boolean restores() {
        return this == RESTORE || this == RESTORE_WITH_PROGRAM;
    }

    /// The oldest: the one that a person made.
    static String backup(ShopHost host) throws IOException {
        return host.parts(() -> false).backups().repository().list().getFirst().id();
    }
}
