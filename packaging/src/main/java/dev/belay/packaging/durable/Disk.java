package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The system calls that make bytes and names survive a power cut. An in-memory file system has
/// nothing to survive and cannot open a directory, so that it gets its own.
interface Disk {
    /// Forces content and attributes of an open file. A failure means that the content is lost: the
    /// kernel may have dropped the dirty pages, and asking again on the same descriptor answers
    /// "fine". Never repeat it; write the file anew.
    void force(FileChannel file) throws IOException;

    /// Forces the names in a directory.
    void forceDirectory(Path directory) throws IOException;

    static Disk of(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                ? new OnDisk()
                : new InMemory();
    }

    /// The operating system's file system.
    record OnDisk() implements Disk {
        @Override
        public void force(FileChannel file) throws IOException {
            file.force(true);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// A file system of the process's own memory.
    record InMemory() implements Disk {
        @Override
        public void force(FileChannel file) throws IOException {
            file.force(true);
        }

        @Override
        public void forceDirectory(Path directory) {}
    }
}
