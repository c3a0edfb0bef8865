package dev.belay.supervisor.service;

import dev.belay.packaging.failure.BelayException;

/// The processes that were started in the course of one run: they carry its id in their
/// environment. A hook outlives a supervisor that is killed, and must not go on writing to data
/// that has been put back.
public final class TransactionProcesses {
    /// The variable that carries the id.
    public static final String VARIABLE = "BELAY_TRANSACTION";

    private static final long NO_SESSION = -1;

    private TransactionProcesses() {}

    /// Kills those that are left of a run, the product among them if the run started it.
    ///
    /// @throws BelayException `hook-not-stopped` if one cannot be ended
    public static void kill(String transaction) {
        if (!new ProcessGroup(NO_SESSION, VARIABLE + "=" + transaction).kill()) {
            throw new BelayException(
                    "hook-not-stopped",
                    "A process that the update started cannot be ended.",
                    "Find it with: grep -l " + transaction + " /proc/*/environ");
        }
    }
}
