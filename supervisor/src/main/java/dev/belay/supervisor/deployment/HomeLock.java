package dev.belay.supervisor.deployment;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.supervisor.words.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
    private static final Duration BRIEF = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;
    private final FileChannel channel;
    private final Home home;

    private HomeLock(FileChannel channel, Home home) {
        this.channel = channel;
        this.home = home;
    }

    /// Who holds a home.
    ///
    /// @param pid process number
    /// @param started when that process started
    /// @param command what it runs
    /// @param brief whether it only prepares something and will be gone soon
    record Owner(long pid, Instant started, String command, boolean brief) {
        static Owner self(String command, boolean brief) {
            ProcessHandle self = ProcessHandle.current();
            return new Owner(
                    self.pid(), self.info().startInstant().orElse(Instant.EPOCH), command, brief);
        }

        boolean alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(p -> p.info().startInstant())
                    .filter(started::equals)
                    .filter(_ -> !dead(pid))
                    .isPresent();
        }

        /// One that has ended is listed until its parent asks how.
        private static boolean dead(long pid) {
            try {
                String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
                return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
            } catch (IOException e) {
                return false; // no such list here, or gone just now
            }
        }

        String words() {
            return "process " + pid + " (" + command + "), running since " + Times.utc(started);
        }
    }

    /// Takes the lock for a run. If somebody only prepares a plan, waits for that.
    ///
    /// @param command what this process does, for the one who finds it locked
    /// @throws HomeLockedException if another one, or another thread of this process, holds it
    public static HomeLock take(Home home, String command) {
        return take(home, command, false);
    }

    /// Takes the lock to prepare something; a run that wants it meanwhile waits.
    public static HomeLock takeBriefly(Home home, String command) {
        return take(home, command, true);
    }

    private static HomeLock take(Home home, String command, boolean brief) {
        long begin = System.nanoTime();
        while (true) {
            Optional<HomeLock> lock = tryTake(home, command, brief);
            if (lock.isPresent()) {
                return lock.get();
            }
            Optional<Owner> owner = owner(home);
            boolean soon = owner.isEmpty() || owner.get().brief();
            if (!soon || System.nanoTime() - begin > BRIEF.toNanos() || !pause()) {
                throw new HomeLockedException(owner.map(Owner::words).orElse("an unknown process"));
            }
        }
    }

    private static Optional<HomeLock> tryTake(Home home, String command, boolean brief) {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                return Optional.empty();
            }
            tellOwner(home, Owner.self(command, brief));
            return Optional.of(new HomeLock(channel, home));
        } catch (IOException e) {
            close(channel);
            BelayException words = IoFailures.of("The home cannot be locked", e);
            throw new BelayException(
                    words.kind(), words.getMessage() + " Nothing was changed.", words.help(), e);
        }
    }

    /// The lock holds without it; a full disk must not keep anybody from going back.
    private static void tellOwner(Home home, Owner owner) {
        try {
            Files.writeString(home.lockOwner(), Json.line(owner));
        } catch (IOException e) {
            System.getLogger(HomeLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "nobody can see who: {0}", e.toString());
        }
    }

    /// Whether some living supervisor changes the home now. A hint for showing status, not a lock;
    /// preparing a plan does not count.
    public static boolean held(Home home) {
        return owner(home).filter(o -> !o.brief() && o.alive()).isPresent();
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    private static Optional<Owner> owner(Home home) {
        try {
            String text = Files.readString(home.lockOwner(), StandardCharsets.UTF_8);
            return Optional.of(RecordReader.read(text, Owner.class));
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

    /// Gives the home free. `lock.json` goes first, so that status does not name a process that
    /// lives on but holds nothing.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.lockOwner());
        } catch (IOException e) {
            System.getLogger(HomeLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "lock.json stays: {0}", e.toString());
        } finally {
            close(channel);
        }
    }
}
