package dev.belay.supervisor.offer;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// One look at the channel: what it offers and what the planner says of it for this host.
///
/// @param offer what the channel offers
/// @param installed the version that was asked for
/// @param result the planner's answer
/// @param way the part of it that can be walked now
/// @param rejected the releases that counted as rejected
/// @param metadata digest of the signed snapshot that was looked at; empty if the releases come
///   from elsewhere
public record Look(
        Offer offer,
        Version installed,
        PlanResult result,
        Stretch way,
        List<RejectedRelease> rejected,
        Optional<Digest> metadata) {
    /// The answer in words.
    public CheckResult check() {
        return PlannerWords.check(this);
    }

    /// Why nothing can be walked; empty if there is a way, for a part at least.
    public Optional<Planned> withoutWay() {
        return PlannerWords.withoutWay(this);
    }
}
