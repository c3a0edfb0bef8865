package dev.belay.supervisor.offer;

import dev.belay.supervisor.deployment.HostId;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;

/// Asks the vendor's repository, or an offline file in its place, what it has for this host.
public final class Offering {
    private final HostParts parts;
    private final EventLog log;

    public Offering(HostParts parts, EventLog log) {
        this.parts = parts;
        this.log = log;
    }

    /// Reads and verifies it.
    public Offer read() {
        parts.sources().offline().filter(ReleaseSource.Offline::stale).ifPresent(this::tell);
        return Offer.read(
                parts.sources().open(),
                parts.settings(),
                HostId.of(parts.home(), parts.settings().hostId()));
    }

    /// Reads it and has the way to what is asked for planned.
    public Look look(UpdateRequest request) {
        parts.home().requireInstalled();
        Offer offer = read();
        // only now, because reading may have waited for a network
        Version installed = parts.home().requireInstalled();
        List<RejectedRelease> rejected = rejected();
        PlanResult result = offer.plan(installed, request, rejected, parts.clock().instant());
        return new Look(
                offer,
                installed,
                result,
                Stretch.of(result.hops(), request.choices().confirmed()),
                rejected,
                PreparedPlan.metadata(parts.home()));
    }

    /// Why the way of this host is what it is: the planner's answer to `request`, in words.
    public PlanAnswer explain(UpdateRequest request) {
        Version installed = parts.home().requireInstalled();
        List<RejectedRelease> rejected = rejected();
        PlanAnswer answer = read().explain(installed, request, rejected, parts.clock().instant());
        List<String> lines = new ArrayList<>(answer.lines());
        rejected.stream()
                .filter(r -> !request.retryRejected().contains(r.version()))
                .map(PlannerWords::rejected)
                .forEach(lines::add);
        return new PlanAnswer(answer.result(), lines);
    }

    /// What failed on this host.
    public List<RejectedRelease> rejected() {
        return new RejectedReleases(parts.home().rejected()).all();
    }

    /// That the admin accepts metadata which has run out is on record before it is looked at.
    private void tell(ReleaseSource.Offline offline) {
        log.append(
                new Event.StalenessAccepted(
                        parts.clock().instant(), parts.command() + ": " + offline.words()));
    }
}
