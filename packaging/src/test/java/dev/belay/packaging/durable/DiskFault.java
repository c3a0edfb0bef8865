package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How a disk fails.
public enum DiskFault {
    EIO("Input/output error"),
    ENOSPC("No space left on device"),
    EDQUOT("Disk quota exceeded"),
    EROFS("Read-only file system"),
    EACCES(""),
    EMFILE("Too many open files"),
    /// A part of a write is done before the disk is full.
    SHORT_WRITE("No space left on device"),
    /// A part of a write is done, the rest is zeros, and then the disk fails.
    TORN_WRITE("Input/output error");

    private final String reason;

    DiskFault(String reason) {
        this.reason = reason;
    }

    /// How long it does.
    public enum Duration {
        /// One act.
        ONCE,
        /// From that act on.
        LASTING
    }

    /// A monitor under which one act, or all from then on, fail so.
    ///
    /// @param number of the act, counted from 0
    public DiskMonitor at(int number, Duration duration) {
        return new Striking(number, duration);
    }

    private final class Striking implements DiskMonitor {
        private final int number;
        private final Duration duration;
        private final Map<Path, DiskAct.Write> unforced = new ConcurrentHashMap<>();
        private int seen;

        Striking(int number, Duration duration) {
            this.number = number;
            this.duration = duration;
        }

        @Override
        public synchronized void before(DiskAct act) throws IOException {
            boolean strikes = duration == Duration.ONCE ? seen == number : seen >= number;
            seen++;
            if (strikes) {
                strike(act);
            } else if (act instanceof DiskAct.Write write) {
                unforced.put(write.path(), write);
            } else if (act instanceof DiskAct.Force(Path file)) {
                unforced.remove(file);
            }
        }

        private void strike(DiskAct act) throws IOException {
            if (act instanceof DiskAct.Write write) {
                writePart(write);
            } else if (act instanceof DiskAct.Force(Path file)) {
                DiskAct.Write lost = unforced.remove(file);
                if (lost != null) { // the kernel drops what it could not write
                    put(file, ByteBuffer.allocate(lost.bytes().limit()), lost.position());
                }
            }
            throw failure(act.path());
        }

        private void writePart(DiskAct.Write write) throws IOException {
            if (DiskFault.this == SHORT_WRITE || DiskFault.this == TORN_WRITE) {
                int whole = write.bytes().remaining();
                byte[] part = new byte[DiskFault.this == TORN_WRITE ? whole : whole / 2];
                write.bytes().duplicate().get(part, 0, whole / 2);
                put(write.path(), ByteBuffer.wrap(part), write.position());
            }
        }
    }

    private static void put(Path file, ByteBuffer bytes, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(bytes, position);
        }
    }

    private IOException failure(Path path) {
        return this == EACCES
                ? new AccessDeniedException(path.toString())
                : new FileSystemException(path.toString(), null, reason);
    }
}
