package dev.belay.server.cli;

import dev.belay.packaging.failure.BelayException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// A server that answers, until it is closed.
public final class RunningServer implements AutoCloseable {
    private final URI uri;
    private final Path adminTokenFile;
    private final Deque<AutoCloseable> parts;

    /// @param parts in the order in which they were started
    RunningServer(URI uri, Path adminTokenFile, Deque<AutoCloseable> parts) {
        this.uri = uri;
        this.adminTokenFile = adminTokenFile;
        this.parts = new ArrayDeque<>(parts);
    }

    /// How hosts reach it; ends in `/`.
    public URI uri() {
        return uri;
    }

    /// Where the admin's token was written on the first start.
    public Path adminTokenFile() {
        return adminTokenFile;
    }

    /// Stops what was started, last things first. Requests under way get a few seconds.
    @Override
    public synchronized void close() {
        closeAll(parts);
    }

    static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.removeLast().close();
            } catch (BelayException e) {
                throw e;
            } catch (Exception e) {
                throw new BelayException(
                        "stop-failed",
                        "A part of the server did not stop in good order.",
                        "Nothing needs to be done: what was published is on the disk.",
                        e);
            }
        }
    }
}
