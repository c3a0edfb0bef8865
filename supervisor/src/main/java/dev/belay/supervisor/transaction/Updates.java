package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HostStatus;
import java.util.List;
import java.util.Optional;

/// Everything that moves this host between releases: the one facade of the commands and of the
/// agent.
///
/// `update`, `rollback` and `recover` take the home's lock for as long as they run, so commands and
/// the agent may be used side by side. Every method blocks; progress goes to `events.jsonl` and to
/// the listener. Not thread-safe: one instance per thread, they are cheap.
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

    /// What `update` would do, without doing it. Downloads metadata and, to preview the config
    /// merge, the bundles of the chain.
    Planned plan(UpdateRequest request);

    /// The same from signed metadata alone: quick, and nothing is downloaded or unpacked for it.
    /// Unless the releases on the way are on this host already, the chain is not
    /// [compared][ChainPlan#compared] with it.
    Planned outline(UpdateRequest request);

    /// Plans and walks the chain, hop by hop. A hop that fails is rolled back; earlier hops stay.
    Outcome update(UpdateRequest request, EventListener listener);

    /// Goes back to the release before the current one, with its data and config as they were at
    /// the switch.
    ///
    /// @param acceptDataLoss whether data and config written since the switch may be set aside;
    ///   without it the rollback is refused if there are any
    Outcome rollback(boolean acceptDataLoss, EventListener listener);

    /// Brings an interrupted run to an end; empty if there is none. Every command that needs the
    /// home calls it first.
    Optional<Outcome> recover(EventListener listener);

    /// What is now. Fast: reads files of the home only.
    HostStatus status();

    /// Past runs, newest first.
    List<HistoryEntry> history();
}
