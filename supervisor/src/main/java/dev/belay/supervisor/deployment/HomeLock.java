package dev.belay.supervisor.deployment;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.supervisor.words.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One owner of a home at a time. The operating system holds the lock, so that it ends with its
/// owner however that dies, and a process number that is used again means nothing. Beside it lies
/// who holds it.
///
/// What waits for a network never holds the home: bringing releases to it has a lock of its own,
/// which covers the cache and what is not unpacked yet. It comes first where both are held.
///
/// Two files each, because closing *any* descriptor of a file drops the POSIX locks that the
/// process holds on it: `lock` is opened only to lock, `lock.json` is for reading. For the same
/// reason a lock that this process holds is not even opened.
public final class HomeLock implements AutoCloseable {
    private static final Duration BRIEF = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private final FileChannel channel;
    private final Place place;
    private final Path heldHere;

    private HomeLock(FileChannel channel, Place place, Path heldHere) {
        this.channel = channel;
        this.place = place;
        this.heldHere = heldHere;
    }

    /// What is locked.
    private record Place(Path directory, Path lock, Path owner) {
        static Place whole(Home home) {
            return new Place(home.own(), home.lock(), home.lockOwner());
        }

        static Place staging(Home home) {
            return new Place(home.own(), home.stagingLock(), home.stagingLockOwner());
        }

        /// The same however the home is reached.
        Path real() throws IOException {
            return directory.toRealPath().resolve(directory.relativize(lock));
        }
    }

    /// Who holds a home.
    ///
    /// @param pid process number
    /// @param started when that process started
    /// @param command what it runs
    /// @param brief whether it will be gone soon
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

    /// Takes the lock for a run. If somebody holds it only briefly, waits for that.
    ///
    /// @param command what this process does, for the one who finds it locked
    /// @throws HomeLockedException if another one, or another thread of this process, holds it
    public static HomeLock take(Home home, String command) {
        return take(Place.whole(home), command, false);
    }

    /// Takes the lock to look at something that must stay still, or to do what takes a moment; who
    /// wants it meanwhile waits.
    public static HomeLock takeBriefly(Home home, String command) {
        return take(Place.whole(home), command, true);
    }

    /// Takes the lock of whoever brings releases to the home; who wants it meanwhile waits for a
    /// minute.
    public static HomeLock takeStaging(Home home, String command) {
        return take(Place.staging(home), command, true);
    }

    /// As above, but empty if somebody is bringing releases just now.
    public static Optional<HomeLock> tryStaging(Home home, String command) {
        return tryTake(Place.staging(home), command, true);
    }

    private static HomeLock take(Place place, String command, boolean brief) {
        long begin = System.nanoTime();
        while (true) {
            Optional<HomeLock> lock = tryTake(place, command, brief);
            if (lock.isPresent()) {
                return lock.get();
            }
            Optional<Owner> owner = owner(place);
            boolean soon = owner.isEmpty() || owner.get().brief();
            if (!soon || System.nanoTime() - begin > BRIEF.toNanos() || !pause()) {
                throw new HomeLockedException(owner.map(Owner::words).orElse("an unknown process"));
            }
        }
    }

    private static Optional<HomeLock> tryTake(Place place, String command, boolean brief) {
        Path here = null;
        FileChannel channel = null;
        try {
            here = place.real();
            if (!HELD_HERE.add(here)) {
                return Optional.empty(); // another thread of this process
            }
            channel =
                    FileChannel.open(
                            place.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                release(channel, here);
                return Optional.empty();
            }
            tellOwner(place, Owner.self(command, brief));
            return Optional.of(new HomeLock(channel, place, here));
        } catch (IOException e) {
            release(channel, here);
            BelayException words = IoFailures.of("The home cannot be locked", e);
            throw new BelayException(
                    words.kind(), words.getMessage() + " Nothing was changed.", words.help(), e);
        }
    }

    /// The lock holds without it; a full disk must not keep anybody from going back.
    private static void tellOwner(Place place, Owner owner) {
        try {
            Files.writeString(place.owner(), Json.line(owner));
        } catch (IOException e) {
            System.getLogger(HomeLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "nobody can see who: {0}", e.toString());
        }
    }

    /// Whether some living supervisor changes the home now. A hint for showing status, not a lock;
    /// who holds it only briefly does not count.
    public static boolean held(Home home) {
        return owner(Place.whole(home)).filter(o -> !o.brief() && o.alive()).isPresent();
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

    private static Optional<Owner> owner(Place place) {
        try {
            String text = Files.readString(place.owner(), StandardCharsets.UTF_8);
            return Optional.of(RecordReader.read(text, Owner.class));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // being written just now, or nobody ever held it
        }
    }

    /// Closed before others of this process may open it.
    private static void release(@Nullable FileChannel channel, @Nullable Path here) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (here != null) {
                HELD_HERE.remove(here);
            }
        }
    }

    /// Gives it free. Its owner's file goes first, so that status does not name a process that
    /// lives on but holds nothing.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(place.owner());
        } catch (IOException e) {
            System.getLogger(HomeLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "lock.json stays: {0}", e.toString());
        } finally {
            release(channel, heldHere);
        }
    }
}
