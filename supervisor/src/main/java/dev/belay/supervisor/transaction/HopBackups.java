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

    /// Copies everything, durably.
    ///
    /// @param release what is backed up: its layout and databases
    /// @param transaction the run that wants it
    /// @param progress hears of the bytes copied so far
    /// @throws dev.belay.packaging.failure.BelayException if it is not complete
    Made create(ReleaseDescriptor release, String transaction, LongConsumer progress);

    /// Reads the backup back and compares every byte with its digest and every database with its
    /// engine's own check.
    ///
    /// @throws dev.belay.packaging.failure.BelayException `backup-damaged` if it is not usable
    void prove(String id);
}
