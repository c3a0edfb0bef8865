package dev.belay.supervisor.transaction;

/// The journal of one run. A record is on the disk when `append` returns, so that the act it
/// announces may begin.
public interface Journal extends AutoCloseable {
    /// @throws java.io.UncheckedIOException if it could not be made durable; the act must not begin
    void append(JournalRecord entry);

    @Override
    void close();
}
