package dev.belay.supervisor.agent.web;

import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// What the page can ask for. Called from many threads at once. Failures are
/// [BelayException][dev.belay.packaging.failure.BelayException]s and reach the page as they are.
public interface AdminActions {
    /// What is now. Quick.
    AdminStatus status();

    /// What an update to the newest release would do. Callers at the same time share one answer.
    ///
    /// @param compared whether configuration and local changes are to be looked at too: that
    ///   downloads the bundles of the way, so it may take minutes
    Planned plan(boolean compared);

    /// Past runs, newest first.
    List<HistoryEntry> history();

    /// Looks for news now.
    CheckResult check();

    /// Starts an update and returns at once.
    ///
    /// @param to the version to reach; empty for the newest
    /// @throws dev.belay.packaging.failure.RefusedException `update-running` if one runs already
    void startUpdate(Optional<Version> to);
}
