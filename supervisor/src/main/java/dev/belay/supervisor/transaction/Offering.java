package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.EventNames;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.version.Version;
import java.util.List;

/// Asks the vendor's repository, or an offline file in its place, what it has for this host.
final class Offering {
    private final HostParts parts;
    private final EventLog log;

    Offering(HostParts parts, EventLog log) {
        this.parts = parts;
        this.log = log;
    }

    /// Reads and verifies it. That the admin accepts metadata which has run out is on record before
    /// it is looked at.
    Offer read() {
        parts.sources().offline().filter(ReleaseSource.Offline::stale).ifPresent(this::tell);
        return Offer.read(
                parts.sources().open(),
                parts.settings(),
                HostId.of(parts.home(), parts.settings()));
    }

    /// The planner's answer.
    PlanResult ask(Offer offer, Version installed, UpdateRequest request) {
        return offer.plan(installed, request, rejected(), parts.clock().instant());
    }

    /// What failed on this host.
    List<RejectedRelease> rejected() {
        return new RejectedReleases(parts.home().own("rejected.json")).all();
    }

    private void tell(ReleaseSource.Offline offline) {
        log.append(
                new Event(
                        parts.clock().instant(),
                        null,
                        EventNames.STALENESS_ACCEPTED,
                        0,
                        null,
                        null,
                        null,
                        parts.command() + ": " + offline.words(),
                        null));
    }
}
