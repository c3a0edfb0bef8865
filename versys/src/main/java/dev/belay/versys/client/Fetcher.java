package dev.belay.versys.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Gets files by address. An implementation makes one attempt per call, follows no redirect to
/// another host or scheme, and gives up by itself when the other side stalls.
@FunctionalInterface
public interface Fetcher {
    /// A file that is arriving.
    ///
    /// @param start the position of the first byte in `body`: the wished offset, or 0 if the other
    ///   side does not do ranges
    /// @param body to be closed by the caller; ends in an `IOException` after more than the allowed
    ///   bytes, when it stalls and when it is cut short
    record Arriving(long start, InputStream body) {}

    /// Opens a file.
    ///
    /// @param address used as it is written
    /// @param offset where to start, if the other side can
    /// @param maxBytes how long the whole file may be, from its first byte
    /// @return empty if there is no such file
    /// @throws IOException if the transfer fails; [FetchException] says whether trying again helps
    Optional<Arriving> open(String address, long offset, long maxBytes) throws IOException;
}
