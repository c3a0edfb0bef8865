package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.Reserve;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// Runs that lead back: to the release before, or to the moment of a backup. The caller holds the
/// home's lock.
final class GoingBack {
    private final HostParts parts;
    private final Home home;
    private final Runs runs;
    private final Accounts accounts;

    GoingBack(HostParts parts, Runs runs, Accounts accounts) {
        this.parts = parts;
        this.home = parts.home();
        this.runs = runs;
        this.accounts = accounts;
    }

    /// To the release before, or back from a run that is unfinished.
    ///
    /// @param acceptDataLoss whether that may set aside what was written since
    /// @param why in words
    Outcome toTheReleaseBefore(boolean acceptDataLoss, String why, EventListener listener) {
        Optional<Outcome> ended = runs.interrupted(listener).endBack(acceptDataLoss);
        if (ended.isPresent()) {
            return ended.get();
        }
        WayBack way = WayBack.find(home, acceptDataLoss);
        new Reserve(home).free();
        String id = runs.newId();
        return walk(id, RunKind.ROLLBACK, way.plan(id), "rollback " + why, listener);
    }

    /// To a backup, and the release that it belongs to.
    Outcome toBackup(String backup, EventListener listener) {
        Version installed = home.requireInstalled();
        Restore restore = Restore.find(home, parts.backups().repository(), backup);
        String id = runs.newId();
        return walk(
                id,
                RunKind.RESTORE,
                restore.plan(id, installed),
                "restore of backup " + backup,
                listener);
    }

    private Outcome walk(
            String id, RunKind kind, HopPlan hop, String what, EventListener listener) {
        runs.events(id, listener).begun(kind, hop.intent().from(), hop.intent().to(), what);
        return runs.in(
                id,
                listener,
                run ->
                        new ChainRun(run, accounts, ChainPolicy.STOP, parts.settings().rollback())
                                .walk(kind, List.of(hop), null, 0));
    }
}
