package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The move to a backup, with the release it belongs to.
///
/// @param backup id of the backup
/// @param release the release that it belongs to
record Restore(String backup, Version release) {
    /// Finds out whether the backup can be restored, before anything is changed.
    ///
    /// @throws RefusedException `no-such-backup`, or `backup-of-other-release` if that release is
    ///   no longer unpacked here
    static Restore find(Home home, BackupRepository repository, String id) {
        try {
            Backup backup =
                    repository.list().stream()
                            .filter(b -> b.id().equals(id))
                            .findFirst()
                            .orElseThrow(() ->
                                    new RefusedException(
                                            "no-such-backup",
                                            "There is no backup " + id + ".",
                                            "See what there is: supervisor backup list"));
            Version release = Version.of(backup.release());
            if (!home.has(release) && !repository.holds(id, "program")) {
                throw new RefusedException(
                        "backup-of-other-release",
                        "The backup "
                                + id
                                + " is of "
                                + release
                                + ", which is no longer unpacked on this host, and holds its config,"
                                + " data and databases without the program. Nothing was changed.",
                        "Bring that release back first; its data does not fit another one.");
            }
            return new Restore(id, release);
        } catch (IOException e) {
            throw new UncheckedIOException("the backups cannot be listed", e);
        }
    }

    /// The hop that does it.
    HopPlan plan(String transaction, Version installed) {
        return new HopPlan.Restore(HopIntent.restore(transaction, installed, release), backup);
    }
}
