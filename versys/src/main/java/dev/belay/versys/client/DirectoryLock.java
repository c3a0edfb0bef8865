package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One owner at a time of a directory with metadata, over processes (a file lock, which ends with
/// its process) and over threads of this one (file locks do not tell them apart). A thread that
/// owns the directory may acquire it again.
public final class DirectoryLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ReentrantLock thread;

    /// None if the thread owned the directory already.
    private final @Nullable FileChannel channel;

    private DirectoryLock(ReentrantLock thread, @Nullable FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /// Waits until the directory is free, then removes what an owner that was killed has left
    /// unfinished in it.
    ///
    /// @throws BelayException `store-busy` after two minutes
    public static DirectoryLock acquire(Path directory) {
        Path key = real(directory);
        ReentrantLock thread = THREADS.computeIfAbsent(key, _ -> new ReentrantLock());
        try {
            if (!thread.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw busy(directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(directory);
        }
        try {
            return new DirectoryLock(thread, thread.getHoldCount() > 1 ? null : lockFile(key));
        } catch (IOException e) {
            thread.unlock();
            throw FileMetadataStore.unusable(directory, e);
        } catch (RuntimeException e) {
            thread.unlock();
            throw e;
        }
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw FileMetadataStore.unusable(directory, e);
        }
    }

    /// The lock file stays for ever: removing it safely is not possible with locks of POSIX, which
    /// end as soon as their process closes any descriptor of the file.
    private static FileChannel lockFile(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve(".belay"));
        FileChannel channel =
                FileChannel.open(
                        home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            await(channel, directory);
            byte[] owner =
                    (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
            DurableFiles.removeUnfinished(directory);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void await(FileChannel channel, Path directory) throws IOException {
        if (channel.tryLock() != null) {
            return;
        }
        try {
            TimedCall.run(PATIENCE, () -> "the lock is held", channel::lock);
        } catch (TimedCall.TooSlow e) {
            throw busy(directory);
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
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // the lock ends with the descriptor, which is gone even if closing it reports an error
        } finally {
            thread.unlock();
        }
    }
}
