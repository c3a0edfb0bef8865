package dev.belay.packaging.durable;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/// One thing that this package does to a disk.
public sealed interface DiskAct {
    /// What it is done to.
    Path path();

    /// Makes an empty file that is not there yet.
    record CreateFile(Path path) implements DiskAct {}

    /// Writes to an open file.
    ///
    /// @param position where the first byte goes
    /// @param bytes what is about to be written; only good while the monitor looks at it
    record Write(Path path, long position, ByteBuffer bytes) implements DiskAct {}

    /// Gives a file or directory its mode, owner, times or extended attributes.
    record SetAttributes(Path path) implements DiskAct {}

    /// Makes a directory that is not there yet.
    record CreateDirectory(Path path) implements DiskAct {}

    /// Makes a symlink that is not there yet.
    record CreateLink(Path path, Path target) implements DiskAct {}

    /// Renames within one file system; what is there already is replaced.
    record Rename(Path path, Path to) implements DiskAct {}

    /// Removes a file, a link or an empty directory.
    record Remove(Path path) implements DiskAct {}

    /// Makes content and attributes of a file last.
    record Force(Path path) implements DiskAct {}

    /// Makes the names in a directory last.
    record ForceDirectory(Path path) implements DiskAct {}
}
