package dev.belay.supervisor.run;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.Retention;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.Outbox;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps what piles up in a home within its limits, after every run, however that ended. Nothing
/// depends on it, so nothing here fails.
final class Housekeeping {
    private static final int JOURNALS = 100;
    private static final Duration SURELY_DEAD = Duration.ofHours(1);

    private Housekeeping() {}

    /// The caller holds the home's lock.
    static void after(Home home, HomeBackups backups, Instant now) {
        attempt(backups::prune);
        attempt(() -> {
            // the way back reads the journal of the run that set its trees aside
            JournalFile.prune(
                    home.journal(), JOURNALS, id -> Files.exists(home.aside().resolve(id)));
        });
        attempt(() -> new EventLog(home.events()).trim());
        attempt(() -> new Outbox(home.outbox()).trim());
        for (Path directory :
                List.of(
                        home.root(),
                        home.own(),
                        home.journal(),
                        home.outbox(),
                        home.cache(),
                        home.releases())) {
            attempt(() -> DurableFiles.removeUnfinished(directory, now.minus(SURELY_DEAD)));
        }
    }

    /// After success only: what the run set aside and the releases it came through stay, older ones
    /// go.
    static void afterUpdate(HostParts parts, String id, PreparedPlan plan) {
        Retention retention = new Retention(parts.home());
        attempt(() -> {
            retention.keepAside(Set.of(id), BackupRepository::adopting);
            // after that, so that no release goes that a backup now needs
            Set<Version> releases = new HashSet<>(parts.backups().releasesOfSetAside());
            releases.add(plan.chain().from());
            plan.chain().hops().forEach(hop -> releases.add(hop.to()));
            Optional<HomeLock> staging = HomeLock.tryStaging(parts.home(), parts.command());
            if (staging.isPresent()) { // otherwise the next update finds what is left here
                try (HomeLock _ = staging.get()) {
                    retention.keepReleases(releases);
                    retention.emptyCache();
                }
            }
        });
    }

    private interface Chore {
        void run() throws IOException;
    }

    private static void attempt(Chore chore) {
        try {
            chore.run();
        } catch (IOException | RuntimeException e) {
            System.getLogger(Housekeeping.class.getName())
                    .log(System.Logger.Level.WARNING, "not everything was tidied up: " + e);
        }
    }
}
