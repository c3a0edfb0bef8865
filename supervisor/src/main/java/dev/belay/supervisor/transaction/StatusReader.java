package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts the status together from what lies in the home. Reads only, and little of it.
final class StatusReader {
    private final HostParts parts;
    private final Home home;

    StatusReader(HostParts parts) {
        this.parts = parts;
        this.home = parts.home();
    }

    HostStatus read() {
        StatusFile.Content content = new StatusFile(home.own("status.json")).read();
        Optional<Version> installed = home.installed();
        List<RejectedRelease> rejected = new RejectedReleases(home.own("rejected.json")).all();
        return new HostStatus(
                parts.settings().product(),
                parts.settings().channel(),
                installed.map(Version::text).orElse(null),
                offered(content.available(), rejected),
                content.checkedAt(),
                state(),
                content.last(),
                rejected,
                service(installed));
    }

    /// What failed here since it was found is not for this host.
    private static @Nullable String offered(
            @Nullable String available, List<RejectedRelease> rejected) {
        return rejected.stream().anyMatch(r -> r.version().equals(available)) ? null : available;
    }

    private HostStatus.State state() {
        if (HomeLock.held(home.own())) {
            return HostStatus.State.UPDATING;
        }
        HostStatus.State state = HostStatus.State.IDLE;
        for (String id : JournalFile.transactions(home.own("journal"))) {
            state =
                    switch (Recovery.decide(JournalFile.read(home.own("journal"), id))) {
                        case RecoveryAction.Nothing _ -> state;
                        case RecoveryAction.NeedsPerson _ -> HostStatus.State.NEEDS_ATTENTION;
                        case RecoveryAction.Abandon _,
                                RecoveryAction.RollBack _,
                                RecoveryAction.CloseCommitted _,
                                RecoveryAction.CloseRolledBack _ ->
                                HostStatus.State.INTERRUPTED;
                    };
        }
        return state;
    }

    private HostStatus.ServiceState service(Optional<Version> installed) {
        if (installed.isEmpty()) {
            return new HostStatus.ServiceState(false, "nothing is installed");
        }
        ServiceStatus status = parts.product(Deployment.open(home, installed.get())).status();
        return new HostStatus.ServiceState(status.running(), status.words());
    }
}
