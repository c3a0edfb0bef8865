package dev.belay.supervisor.agent;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One agent per home. The kernel lets go of the lock when the process ends, however it ends. This
/// is not the home's lock, which is only held while something is changed.
final class AgentLock implements AutoCloseable {
    private final FileChannel channel;

    private AgentLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws AgentRunningException if another agent has it
    static AgentLock take(Home home) {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            home.agentLock(),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            if (channel.tryLock() != null) {
                return new AgentLock(channel);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new BelayException(
                    "home-not-writable",
                    "The directory %s cannot be written: %s. The agent was not started."
                            .formatted(home.own(), e.getMessage()),
                    "Run the agent as the owner of the home.",
                    e);
        }
        throw new AgentRunningException();
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // the lock goes with the process at the latest
        }
    }
}
