package dev.belay.supervisor.crash;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What is stopped at every moment. To sweep another run, add a constant.
enum CrashRun {
    /// One hop.
    UPDATE("2.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// Two hops.
    CHAIN("3.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
            vendor.release("3.0.0", "2.0.0", "ok");
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// One hop after another run, of which something is thrown away then.
    SECOND_UPDATE("3.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
            vendor.release("3.0.0", "2.0.0", "ok");
        }

        @Override
        void prepare(ShopHost host) {
            host.updates().update(UpdateRequest.to(TWO), EventListener.NONE);
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// The second try of an update on a host with local changes, of which the first try had taken
    /// another.
    LOCAL_CHANGES("2.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
        }

        @Override
        void prepare(ShopHost host) throws IOException {
            Path program = host.home().release(Version.of("1.0.0")).resolve("lib");
            Files.writeString(program.resolve("first"), "a driver\n");
            try {
                host.updates().update(UpdateRequest.latest(), CrashRun::cutOffAfterCopying);
            } catch (CutOff tried) {
                host.updates().recover(EventListener.NONE);
            }
            Files.delete(program.resolve("first"));
            Files.writeString(program.resolve("second"), "another driver\n");
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// The second of two hops fails: back to the release between.
    CHAIN_THAT_FAILS("2.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
            vendor.release("3.0.0", "2.0.0", "crash");
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// The new release does not become healthy.
    UPDATE_THAT_FAILS("1.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "crash");
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// The migration fails in the middle.
    MIGRATION_THAT_FAILS("1.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "bad-migration");
        }

        @Override
        Outcome run(ShopHost host) {
            return update(host);
        }
    },
    /// The release before, on request, though something was written since.
    WAY_BACK("1.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
        }

        @Override
        void prepare(ShopHost host) throws IOException {
            update(host);
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
    RESTORE_WITH_PROGRAM("1.0.0") {
        @Override
        void publish(ShopVendor vendor) throws IOException {
            vendor.release("2.0.0", "1.0.0", "ok");
            vendor.release("3.0.0", "2.0.0", "ok");
        }

        @Override
        void prepare(ShopHost host) {
            host.updates().update(UpdateRequest.to(TWO), EventListener.NONE);
            update(host);
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

    CrashRun(String end) {
        this.end = end;
    }

    /// Which release is installed when nothing stops it.
    String end() {
        return end;
    }

    void publish(ShopVendor vendor) throws IOException {}

    /// What happens before.
    void prepare(ShopHost host) throws IOException {}

    abstract Outcome run(ShopHost host) throws IOException;

    /// A host on which 1.0.0 runs, with a backup that a person made.
    final ShopHost host(Path directory, SimulatedShop shop) throws IOException {
        ShopVendor vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        publish(vendor);
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
        return switch (this) {
            case UPDATE_THAT_FAILS, MIGRATION_THAT_FAILS, WAY_BACK -> Set.of("2.0.0");
            case CHAIN_THAT_FAILS -> Set.of("3.0.0");
            case UPDATE, LOCAL_CHANGES, SECOND_UPDATE, CHAIN, RESTORE, RESTORE_WITH_PROGRAM ->
                    Set.of();
        };
    }

    /// Whether a release is still in the making: it gets the local changes of the one in use, and
    /// counts for nothing before it is.
    boolean mayChange(String release, String installed) {
        return this == LOCAL_CHANGES && !release.equals(installed);
    }

    private static void cutOffAfterCopying(Event event) {
        if (event instanceof Event.StepBegun begun && begun.step() == Step.SET_ASIDE) {
            throw new CutOff();
        }
    }

    private static final class CutOff extends Error {
        private static final long serialVersionUID = 1;
    }

    private boolean restores() {
        return this == RESTORE || this == RESTORE_WITH_PROGRAM;
    }

    private static Outcome update(ShopHost host) {
        return host.updates().update(UpdateRequest.latest(), EventListener.NONE);
    }

    /// The oldest: the one that a person made.
    static String backup(ShopHost host) throws IOException {
        return host.parts(() -> false).backups().repository().list().getFirst().id();
    }
}
