package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.AdoptionRecord;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.FirstDeployment;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.Offer;
import dev.belay.supervisor.offer.Offering;
import dev.belay.supervisor.offer.Preflight;
import dev.belay.supervisor.offer.Staging;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Puts the first release on an empty home. Needs no journal: until its last act, which points
/// `current` to the release, the home counts as empty, and the whole may be repeated.
public final class Installation {
    private final HostParts parts;

    public Installation(HostParts parts) {
        this.parts = parts;
    }

    /// @param wanted the version; empty for the newest of the channel
    /// @return what was installed; it is not started
    /// @throws RefusedException `already-installed`
    public Version install(Optional<Version> wanted, EventListener listener) {
        parts.home().installed().ifPresent(Installation::refuse);
        AdoptionRecord.read(parts.home()).ifPresent(Installation::refuse);
        Removal.requireNone(parts.home());
        try (HomeLock _ = HomeLock.takeStaging(parts.home(), parts.command())) {
            EventLog log = new EventLog(parts.home().events());
            Offer offer = new Offering(parts, log).read();
            Version version = wanted.orElseGet(offer::newest);
            RunEvents events =
                    new RunEvents(
                            log,
                            listener,
                            parts.clock(),
                            TransactionId.next(
                                    parts.clock().instant(), RandomGenerator.getDefault()));
            Staging staging = new Staging(parts.home(), parts.settings().product(), events);
            staging.download(offer, version);
            Deployment release = staging.unpack(offer, version);
            activate(release);
            return version;
        }
    }

    private void activate(Deployment release) {
        try (HomeLock _ = HomeLock.take(parts.home(), parts.command())) {
            parts.home().installed().ifPresent(Installation::refuse);
            new Preflight(parts.home(), parts.settings().facts()).ofFirst(parts.product(release));
            FirstDeployment.activate(
                    parts.home(), release.version(), parts.product(release).user());
        }
    }

    private static void refuse(AdoptionRecord unfinished) {
        throw new RefusedException(
                "adoption-unfinished",
                "An adoption of "
                        + unfinished.directory()
                        + " was begun here and not finished. Nothing was changed.",
                "Finish it with the same supervisor adopt, or give it up: supervisor unadopt");
    }

    private static void refuse(Version installed) {
        throw new RefusedException(
                "already-installed",
                installed + " is installed in this home already. Nothing was changed.",
                "To move to another release: supervisor update");
    }
}
