package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One owner at a time of a directory with metadata, over processes (a file lock, which ends with
/// its process) and over threads of this one (file locks do not tell them apart).
public final class DirectoryLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, Semaphore> THREADS = new ConcurrentHashMap<>();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Semaphore thread;
    private final FileChannel channel;
    private final Path file;

    private DirectoryLock(Semaphore thread, FileChannel channel, Path file) {
        this.thread = thread;
        this.channel = channel;
        this.file = file;
    }

    /// Waits until the directory is free.
    ///
    /// @throws BelayException `store-busy` after two minutes
    public static DirectoryLock acquire(Path directory) {
        Path key = directory.toAbsolutePath().normalize();
        Semaphore thread = THREADS.computeIfAbsent(key, _ -> new Semaphore(1));
        try {
            if (!thread.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw busy(directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(directory);
        }
        try {
            Path file = key.resolve(".lock");
            return new DirectoryLock(thread, lockFile(file), file);
        } catch (IOException e) {
            thread.release();
            throw FileMetadataStore.unusable(directory, e);
        } catch (RuntimeException e) {
            thread.release();
            throw e;
        }
    }

    /// A lock file is removed by its owner. Whoever was waiting for it then holds the lock of a
    /// file that has no name any more, finds that what it wrote is not there, and tries again.
    private static FileChannel lockFile(Path file) throws IOException {
        while (true) {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                await(channel, file);
                byte[] owner = owner();
                channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
                if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), owner)) {
                    return channel;
                }
            } catch (NoSuchFileException e) {
                // removed between the two calls: as above
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    private static byte[] owner() {
        return (ProcessHandle.current().pid() + " " + UUID.randomUUID() + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// The lock call itself cannot be given a time: closing the channel ends it.
    private static void await(FileChannel channel, Path file) throws IOException {
        if (channel.tryLock() != null) {
            return;
        }
        AtomicBoolean gaveUp = new AtomicBoolean();
        try (Watchdog _ = new Watchdog(PATIENCE, () -> giveUp(channel, gaveUp))) {
            channel.lock();
        } catch (IOException e) {
            if (gaveUp.get()) {
                throw busy(file);
            }
            throw e;
        }
    }

    private static void giveUp(FileChannel channel, AtomicBoolean gaveUp) {
        gaveUp.set(true);
        try {
            channel.close();
        } catch (IOException e) {
            // the waiting thread sees the closed channel either way
        }
    }

    private static BelayException busy(Path directory) {
        return new BelayException(
                "store-busy",
                "Another process has been updating the metadata in "
                        + directory
                        + " for two minutes.",
                "Wait for it to end, then try again. Nothing was changed.");
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a lock file that stays is no lock; the lock ends with the descriptor
        } finally {
            thread.release();
        }
    }
}
