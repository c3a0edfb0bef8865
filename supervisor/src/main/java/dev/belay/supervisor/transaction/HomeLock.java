package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One owner of a home at a time. The operating system holds the lock, so that it ends with its
/// owner however that dies, and a process number that is used again means nothing. Beside it lies
/// who holds it.
///
/// Two files, because closing *any* descriptor of a file drops the POSIX locks that the process
/// holds on it: `lock` is opened only to lock, `lock.json` is for reading.
public final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Who holds a home.
    ///
    /// @param pid process number
    /// @param started when that process started
    /// @param command what it runs
    record Owner(long pid, Instant started, String command) {
        static Owner self(String command) {
            ProcessHandle self = ProcessHandle.current();
            return new Owner(self.pid(), self.info().startInstant().orElse(Instant.EPOCH), command);
        }

        boolean alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(p -> p.info().startInstant())
                    .filter(started::equals)
                    .isPresent();
        }

        String words() {
            return "process " + pid + " (" + command + "), running since " + started;
        }
    }

    /// Takes the lock.
    ///
    /// @param directory `.supervisor` of the home
    /// @param command what this process does, for the one who finds it locked
    /// @throws HomeLockedException if another one, or another thread of this process, holds it
    public static HomeLock take(Path directory, String command) {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String owner = owner(directory).map(Owner::words).orElse("an unknown process");
                channel.close();
                throw new HomeLockedException(owner);
            }
            Files.writeString(directory.resolve("lock.json"), Json.line(Owner.self(command)));
            return new HomeLock(channel);
        } catch (IOException e) {
            close(channel);
            throw new UncheckedIOException("cannot lock " + directory, e);
        }
    }

    /// Whether some living supervisor holds the home now. A hint for showing status, not a lock.
    public static boolean held(Path directory) {
        return Files.exists(directory.resolve("lock.json"))
                && owner(directory).filter(Owner::alive).isPresent();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    private static Optional<Owner> owner(Path directory) {
        try {
            String text = Files.readString(directory.resolve("lock.json"), StandardCharsets.UTF_8);
            return Optional.of(Json.read(text, Owner.class));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // being written just now, or nobody ever held it
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives the home free. `lock.json` is emptied first, so that status does not name a process
    /// that lives on but holds nothing.
    public void release(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("lock.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
