package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.RecoveryAction;
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
        StatusFile.Content content = new StatusFile(home.status()).read();
        Optional<Version> installed = home.installed();
        boolean busy = HomeLock.held(home);
        List<RecoveryAction> open = Unfinished.actions(home);
        Optional<Product> product =
                installed.map(release -> parts.product(Deployment.open(home, release)));
        List<RejectedRelease> rejected = new RejectedReleases(home.rejected()).all();
        return new HostStatus(
                parts.settings().product(),
                parts.settings().channel(),
                committed(installed.orElse(null), busy, open),
                offered(content.available(), rejected),
                content.checkedAt(),
                state(busy, open),
                content.last(),
                product.flatMap(p -> Probation.until(p, content.last(), parts.clock().instant()))
                        .orElse(null),
                rejected,
                unfinished(home, busy, open).orElse(null),
                service(product),
                content.warnings());
    }

    /// What somebody works at is not unfinished.
    static Optional<String> unfinished(Home home, boolean busy, List<RecoveryAction> open) {
        return busy ? Optional.empty() : Unfinished.words(home, open);
    }

    /// While a hop is under way `current` may lead to a release that nobody has found healthy yet.
    private static @Nullable Version committed(
            @Nullable Version current, boolean busy, List<RecoveryAction> open) {
        return open.stream()
                .filter(action -> busy && !(action instanceof RecoveryAction.CloseCommitted))
                .map(RecoveryAction::hop)
                .filter(hop -> hop != null && hop.to().equals(current))
                .findFirst()
                .map(HopIntent::from)
                .orElse(current);
    }

    /// What failed here since it was found is not for this host.
    private static @Nullable Version offered(
            @Nullable Version available, List<RejectedRelease> rejected) {
        return rejected.stream().anyMatch(r -> r.version().equals(available)) ? null : available;
    }

    private static HostStatus.State state(boolean busy, List<RecoveryAction> open) {
        if (busy) {
            return HostStatus.State.UPDATING;
        }
        if (open.isEmpty()) {
            return HostStatus.State.IDLE;
        }
        return open.stream().anyMatch(RecoveryAction.NeedsPerson.class::isInstance)
                ? HostStatus.State.NEEDS_ATTENTION
                : HostStatus.State.INTERRUPTED;
    }

    private static HostStatus.ServiceState service(Optional<Product> product) {
        if (product.isEmpty()) {
            return new HostStatus.ServiceState(false, "nothing is installed");
        }
        ServiceStatus status = product.get().status();
        return new HostStatus.ServiceState(status.running(), status.words());
    }
}
