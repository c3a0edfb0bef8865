package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The system calls by which this package changes a disk and makes the changes last. Each is told
/// to the monitor first: nobody in the product, a failing or recording one in tests. There is one
/// for the whole process rather than for a thread, so that no act on any thread is missed.
final class Disk {
    private static final DiskMonitor NOBODY = act -> {};
    private static final AtomicReference<DiskMonitor> MONITOR = new AtomicReference<>(NOBODY);

    private Disk() {}

    /// @throws IllegalStateException if there is one already
    static void startMonitoring(DiskMonitor monitor) {
        if (!MONITOR.compareAndSet(NOBODY, monitor)) {
            throw new IllegalStateException("the disk is monitored already");
        }
    }

    static void endMonitoring() {
        MONITOR.set(NOBODY);
    }

    /// For acts that are not done through a path.
    static void announce(DiskAct act) throws IOException {
        MONITOR.get().before(act);
    }

    /// Opens a new file for writing.
    static FileChannel create(Path file) throws IOException {
        announce(new DiskAct.CreateFile(file));
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// `FileChannel.write` may write less than asked: this loops until everything is written.
    static void write(Path file, FileChannel channel, ByteBuffer bytes) throws IOException {
        announce(new DiskAct.Write(file, channel.position(), bytes.asReadOnlyBuffer()));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// As above, at a place of the file.
    static void write(Path file, FileChannel channel, ByteBuffer bytes, long position)
            throws IOException {
        announce(new DiskAct.Write(file, position, bytes.asReadOnlyBuffer()));
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    /// Sets the mode by itself rather than at creation, so that the umask has no say.
    static void setPermissions(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            announce(new DiskAct.SetAttributes(path));
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    static void createDirectory(Path directory) throws IOException {
        announce(new DiskAct.CreateDirectory(directory));
        Files.createDirectory(directory);
    }

    static void createLink(Path link, Path target) throws IOException {
        announce(new DiskAct.CreateLink(link, target));
        Files.createSymbolicLink(link, target);
    }

    static void rename(Path from, Path to) throws IOException {
        announce(new DiskAct.Rename(from, to));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /// @return whether there was anything to remove
    static boolean remove(Path path) throws IOException {
        announce(new DiskAct.Remove(path));
        return Files.deleteIfExists(path);
    }

    /// Forces content and attributes of an open file. A failure means that the content is lost: the
    /// kernel may have dropped the dirty pages, and asking again on the same descriptor answers
    /// "fine". Never repeat it; write the file anew.
    static void force(Path file, FileChannel channel) throws IOException {
        announce(new DiskAct.Force(file));
        channel.force(true);
    }

    /// Forces the names in a directory. A file system in memory has nothing to survive and cannot
    /// open a directory.
    static void forceDirectory(Path directory) throws IOException {
        announce(new DiskAct.ForceDirectory(directory));
        if (directory.getFileSystem().equals(FileSystems.getDefault())) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
