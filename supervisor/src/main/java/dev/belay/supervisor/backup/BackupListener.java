package dev.belay.supervisor.backup;

/// Told how far a long copy or comparison is.
@FunctionalInterface
public interface BackupListener {
    /// Does not care.
    BackupListener NONE = (done, total) -> {};

    /// Called often, on the calling thread.
    ///
    /// @param doneBytes so far
    /// @param totalBytes as forecast; `doneBytes` may go beyond it
    void progress(long doneBytes, long totalBytes);
}
