package dev.belay.supervisor.transaction;

import dev.belay.versys.release.ReleaseDescriptor;
import java.util.function.LongConsumer;

/// The second line of defence: verified copies of config, data and databases, made while the
/// product is stopped. The first line is that the originals are set aside untouched.
public interface HopBackups {
    /// A backup that was made.
    ///
    /// @param id its name in the backup repository
    /// @param bytes its size
    record Made(String id, long bytes) {}

    /// Finds out, while the product still runs, whether a backup could be made.
    ///
    /// @param release what would be backed up
    /// @throws dev.belay.packaging.failure.RefusedException if not
    void check(ReleaseDescriptor release);

    /// Copies everything, durably. The product is stopped.
    ///
    /// @param release what is backed up: its layout and databases
    /// @param reason why, for people
    /// @param progress hears of the bytes copied so far
    /// @throws dev.belay.packaging.failure.BelayException if it is not complete
    Made create(ReleaseDescriptor release, String reason, LongConsumer progress);

    /// Reads the backup back and compares every byte with its digest and every database with its
    /// engine's own check.
    ///
    /// @throws dev.belay.packaging.failure.BelayException `backup-damaged` if it is not usable
    void prove(String id);

    /// Removes backups that are no longer needed; its own late step.
    void prune();
}
