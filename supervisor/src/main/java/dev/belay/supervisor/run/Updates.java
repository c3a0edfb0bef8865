package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Guard;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HostStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Everything that moves this host between releases: the one facade of the commands and of the
/// agent.
///
/// `update` of a plan, `rollback` and `recover` take the home's lock for as long as they run, so
/// commands and the agent may be used side by side. Nothing waits for a network under that lock.
/// Every method blocks; progress goes to `events.jsonl` and to the listener. Not thread-safe: one
/// instance per thread, they are cheap.
///
/// Failures that a person must read are thrown: `UntrustedException` (repository or bundle does not
/// verify), `RefusedException` (preflight or policy), [HomeLockedException] (another supervisor),
/// [BelayException][dev.belay.packaging.failure.BelayException] (network, disk). All of them are
/// thrown before the product was stopped; whatever happens afterwards is an [Outcome].
public interface Updates {
    /// Reads and verifies the repository, and says whether there is something newer. Takes no lock
    /// and changes nothing but `status.json` and the metadata cache.
    ///
    /// @param request what is asked for; only the answer to [UpdateRequest#latest] is remembered in
    ///   `status.json`
    CheckResult check(UpdateRequest request);

    /// What is offered to this host as supervisor.yaml says.
    default CheckResult check() {
        return check(UpdateRequest.latest());
    }

    /// Prepares what [#update(PreparedPlan, EventListener)] executes: downloads and unpacks the
    /// chain, asks its releases whether they could run here, merges the configuration. Changes
    /// nothing but caches.
    ///
    /// @throws RefusedException `run-interrupted` if [#recover] is to be called first, or what is
    ///   missing
    Planned plan(UpdateRequest request, EventListener listener);

    /// The same from signed metadata alone: quick, nothing is downloaded or unpacked for it, and no
    /// program of a release runs. Unless the releases on the way are on this host already, the
    /// chain is not [compared][ChainPlan#compared] with it.
    Planned outline(UpdateRequest request);

    /// Walks the chain, hop by hop, if everything that the plan stands on is as it was; otherwise
    /// nothing is changed and the answer is [Outcome.PlanChanged]. A hop that fails is rolled back;
    /// earlier hops stay.
    Outcome update(PreparedPlan plan, EventListener listener);

    /// Ends what was interrupted, plans and walks, without showing the plan to anybody: what
    /// changes meanwhile is planned anew.
    default Outcome update(UpdateRequest request, EventListener listener) {
        return update(request, listener, Supplier::get);
    }

    /// As above, with a guard around each walk, which holds the home. Planning does not.
    default Outcome update(UpdateRequest request, EventListener listener, Guard guard) {
        if (recover(listener).orElse(null) instanceof Outcome.NotRolledBack stuck) {
            return stuck;
        }
        int attempts = 3;
        while (true) {
            Planned planned = plan(request, listener);
            if (!(planned instanceof Planned.Ready ready)) {
                return Outcome.of(planned);
            }
            Outcome outcome = guard.during(() -> update(ready.plan(), listener));
            attempts--;
            if (!(outcome instanceof Outcome.PlanChanged) || attempts == 0) {
                return outcome;
            }
        }
    }

    /// Goes back to the release before the current one, with its data and config as they were at
    /// the switch.
    ///
    /// @param acceptDataLoss whether data and config written since the switch may be set aside;
    ///   without it the rollback is refused if there are any
    Outcome rollback(boolean acceptDataLoss, EventListener listener);

    /// The installed release turned out ill while it was on probation: goes back to the release
    /// before, as [#rollback] does, as far as the policy `rollback` of supervisor.yaml allows. What
    /// was written since is set aside and kept.
    ///
    /// @param transaction of the update that it was on probation after; if that is not so any more,
    ///   nothing is done
    /// @param why in words
    Outcome failProbation(String transaction, String why, EventListener listener);

    /// Brings an interrupted run to an end; empty if there is none.
    Optional<Outcome> recover(EventListener listener);

    /// What is now. Fast: reads files of the home only.
    HostStatus status();

    /// Past runs, newest first.
    List<HistoryEntry> history();
}
