package dev.belay.supervisor.crash;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Says what became of a home: whether it can be used, is of one version, and has all that it must.
final class CrashJudge {
    private final CrashRun run;
    private final Supplier<Map<String, String>> configs;
    private final SortedMap<String, SortedMap<String, String>> releases;
    private final boolean served;
    private final boolean agreed;

    /// What is wrong.
    enum Verdict {
        /// A command failed, or the home is not at rest after it.
        UNRECOVERABLE,
        /// Program, configuration and data are not of one version.
        MIXED,
        /// Something that was acknowledged is gone.
        LOST;

        String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A home that did not pass.
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final Verdict verdict;

        Failed(Verdict verdict, String message) {
            super(message);
            this.verdict = verdict;
        }

        Failed(Verdict verdict, String message, Throwable cause) {
            super(message, cause);
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }

    /// @param configs how each release was configured when it was started
    CrashJudge(CrashRun run, Supplier<Map<String, String>> configs) {
        this(run, configs, new TreeMap<>(), false, false);
    }

    private CrashJudge(
            CrashRun run,
            Supplier<Map<String, String>> configs,
            SortedMap<String, SortedMap<String, String>> releases,
            boolean served,
            boolean agreed) {
        this.run = run;
        this.configs = configs;
        this.releases = releases;
        this.served = served;
        this.agreed = agreed;
    }

    /// One who knows that a row was written after the supervisor had died.
    CrashJudge served() {
        return new CrashJudge(run, configs, releases, true, agreed);
    }

    /// One who knows that a person has agreed that what was written since is set aside.
    CrashJudge agreed() {
        return new CrashJudge(run, configs, releases, served, true);
    }

    /// Remembers how releases look that are known to be whole.
    void learnReleases(Home home) throws IOException {
        for (Path release : releasesOf(home)) {
            releases.put(release.getFileName().toString(), image(release));
        }
    }

    /// Lets a command take over and judges what it left.
    void takeOver(ShopHost host, Takeover takeover) throws Failed {
        Optional<Outcome> outcome = act(takeover, host);
        boolean setAside = agreed || takeover.setsAside();
        if (outcome.orElse(null) instanceof Outcome.NotRolledBack held) {
            require(served, Verdict.UNRECOVERABLE, "left to a person: " + held.message());
            keepsRows(host, false);
            putBackByHand(host);
            setAside = true;
        }
        good(host, setAside);
    }

    private static void putBackByHand(ShopHost host) throws Failed {
        Optional<Outcome> outcome = act(Takeover.ROLLBACK_WHATEVER_IS_LOST, host);
        require(
                outcome.isPresent() && !(outcome.get() instanceof Outcome.NotRolledBack),
                Verdict.UNRECOVERABLE,
                "a person could not put it back: " + outcome);
    }

    private void good(ShopHost host, boolean setAside) throws Failed {
        atRest(host);
        whole(host);
        keepsRows(host, setAside);
        keepsBooks(host);
    }

    /// Judges what a run said on a failing disk, now that the disk is sound again.
    ///
    /// @param outcome empty if it was refused
    void survived(ShopHost host, Optional<Outcome> outcome) throws Failed {
        String installed = host.home().requireInstalled().text();
        switch (outcome.orElse(null)) {
            case Outcome.Updated updated -> {
                require(
                        installed.equals(updated.to().text()) && installed.equals(run.end()),
                        Verdict.UNRECOVERABLE,
                        "false success: " + installed + ", but " + updated.message());
                whole(host);
            }
            case Outcome.RolledBack back -> {
                require(
                        installed.equals(back.now().text()),
                        Verdict.UNRECOVERABLE,
                        "false words: " + installed + ", but " + back.message());
                whole(host);
            }
            case Outcome.NotRolledBack _ -> putBackByHand(host);
            case null, default -> {}
        }
        act(Takeover.RECOVER, host);
        good(host, false);
        List<String> rejected =
                host.updates().status().rejected().stream()
                        .map(release -> release.version().text())
                        .toList();
        require(
                run.mayReject().containsAll(rejected),
                Verdict.LOST,
                "the host's fault is blamed on " + rejected);
    }

    private static Optional<Outcome> act(Takeover takeover, ShopHost host) throws Failed {
        try {
            return takeover.on(host);
        } catch (RefusedException refused) {
            if (takeover == Takeover.ROLLBACK
                    || (takeover == Takeover.ROLLBACK_WHATEVER_IS_LOST
                            && refused.kind().equals("nothing-to-roll-back"))) {
                return act(Takeover.RECOVER, host); // a refusal, after which one goes on
            }
            throw new Failed(Verdict.UNRECOVERABLE, takeover + " refused", refused);
        } catch (SimulatedShop.NotWhole mixed) {
            throw new Failed(Verdict.MIXED, takeover + ": " + mixed.getMessage(), mixed);
        } catch (IOException | RuntimeException failure) {
            throw new Failed(Verdict.UNRECOVERABLE, takeover + " failed", failure);
        }
    }

    private static void atRest(ShopHost host) throws Failed {
        try {
            require(
                    host.updates().recover(EventListener.NONE).isEmpty(),
                    Verdict.UNRECOVERABLE,
                    "something was left to recover");
            HostStatus status = host.updates().status();
            require(
                    status.state() == HostStatus.State.IDLE,
                    Verdict.UNRECOVERABLE,
                    "the home is " + status.state());
            host.updates().history();
            new ProductControl(host.parts(() -> false)).startHealthy();
        } catch (SimulatedShop.NotWhole mixed) {
            throw new Failed(Verdict.MIXED, String.valueOf(mixed.getMessage()), mixed);
        } catch (RuntimeException failure) {
            throw new Failed(Verdict.UNRECOVERABLE, "the home is not at rest", failure);
        }
    }

    private void whole(ShopHost host) throws Failed {
        Home home = host.home();
        String installed = home.requireInstalled().text();
        Optional<String> fault = SimulatedShop.fault(home, installed);
        require(fault.isEmpty(), Verdict.MIXED, fault.orElse(""));
        require(
                SimulatedShop.running(home).equals(Optional.of(installed)),
                Verdict.MIXED,
                "another release runs");
        require(
                SimulatedShop.config(home).equals(configs.get().get(installed)),
                Verdict.MIXED,
                "the configuration of " + installed + " is " + SimulatedShop.config(home));
        try {
            for (Path release : releasesOf(home)) {
                String version = release.getFileName().toString();
                require(
                        run.mayChange(version, installed)
                                || image(release).equals(releases.get(version)),
                        Verdict.MIXED,
                        "release " + version + " is not whole: " + image(release).keySet());
            }
        } catch (IOException e) {
            throw new Failed(Verdict.UNRECOVERABLE, "releases cannot be read", e);
        }
    }

    private static SortedMap<String, String> image(Path release) throws IOException {
        return TreeImage.of(release, _ -> true);
    }

    private static List<Path> releasesOf(Home home) throws IOException {
        try (Stream<Path> entries = Files.list(home.releases())) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private void keepsRows(ShopHost host, boolean setAside) throws Failed {
        try {
            Set<String> live = new HashSet<>(SimulatedShop.rows(SimulatedShop.rowsOf(host.home())));
            Set<String> anywhere = new HashSet<>();
            try (Stream<Path> files = Files.walk(host.home().root())) {
                for (Path file : files.filter(path -> path.endsWith("rows")).toList()) {
                    anywhere.addAll(SimulatedShop.rows(file));
                }
            }
            Set<String> written = new HashSet<>(run.since());
            if (served) {
                written.add(CrashRun.UNWATCHED);
            }
            Set<String> all = new HashSet<>(written);
            all.addAll(CrashRun.EARLY);
            all.add(CrashRun.LATE);
            require(
                    anywhere.containsAll(all),
                    Verdict.LOST,
                    "of the rows " + all + " only " + anywhere + " are left anywhere");
            boolean here =
                    setAside || run == CrashRun.WAY_BACK
                            ? live.containsAll(CrashRun.EARLY)
                            : live.containsAll(written);
            require(
                    here && (setAside || run.allows(live)),
                    Verdict.LOST,
                    "of the rows " + all + " only " + live + " are in use");
        } catch (IOException e) {
            throw new Failed(Verdict.LOST, "rows cannot be read", e);
        }
    }

    /// What was said of releases and backups.
    private static void keepsBooks(ShopHost host) throws Failed {
        try {
            List<Version> rejected =
                    host.updates().status().rejected().stream()
                            .map(RejectedRelease::version)
                            .toList();
            Home home = host.home();
            for (String id : JournalFile.transactions(home.journal())) {
                for (JournalRecord entry : JournalFile.read(home.journal(), id)) {
                    if (entry instanceof JournalRecord.RollbackBegun begun
                            && begun.cause().blamesRelease()) {
                        require(
                                !rejected.isEmpty(),
                                Verdict.LOST,
                                "the release that failed is not rejected");
                    }
                }
            }
            BackupRepository backups = host.parts(() -> false).backups().repository();
            for (Backup backup : backups.list()) {
                if (backup.state() != Backup.State.INCOMPLETE) {
                    require(
                            backups.verify(backup.id(), BackupListener.NONE).intact(),
                            Verdict.LOST,
                            "backup "
                                    + backup.id()
                                    + " ("
                                    + backup.reason()
                                    + ", "
                                    + backup.state()
                                    + "): "
                                    + backups.verify(backup.id(), BackupListener.NONE).problems());
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new Failed(Verdict.LOST, "the books cannot be read", e);
        }
    }

    /// The next update is an update like any other.
    void goesOn(ShopHost host) throws Failed {
        Outcome outcome =
                act(Takeover.UPDATE, host)
                        .orElseThrow(() ->
                                new Failed(Verdict.UNRECOVERABLE, "the next update said nothing"));
        require(
                !(outcome instanceof Outcome.NotRolledBack),
                Verdict.UNRECOVERABLE,
                "the next update: " + outcome.message());
        atRest(host);
        whole(host);
    }

    /// One can go back as far as there is a way, and each way leads to something whole.
    void goesBack(ShopHost host) throws Failed {
        for (int i = 0; i < 2; i++) {
            Optional<Outcome> outcome = act(Takeover.ROLLBACK_WHATEVER_IS_LOST, host);
            require(
                    !(outcome.orElse(null) instanceof Outcome.NotRolledBack),
                    Verdict.UNRECOVERABLE,
                    "no way back: " + outcome);
            atRest(host);
            whole(host);
        }
    }

    /// Judges a run to which nothing happened.
    void ended(ShopHost host) throws Failed {
        good(host, false);
        require(
                host.home().requireInstalled().text().equals(run.end()),
                Verdict.UNRECOVERABLE,
                "the run did not end as it should");
    }

    private static void require(boolean fine, Verdict verdict, String message) throws Failed {
        if (!fine) {
            throw new Failed(verdict, message);
        }
    }
}
