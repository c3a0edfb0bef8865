package dev.belay.packaging.archive;

import java.util.Optional;

/// One entry of an archive that has passed every check that can be made on an entry.
///
/// @param path relative and normalised, without a trailing slash; see [EntryNames]
/// @param type what it is
/// @param executable whether a file is `755` rather than `644`; directories are `755`
/// @param size bytes of content of a file, else 0
/// @param link the target of a symlink, which stays inside the tree
public record ArchiveEntry(
        String path, Type type, boolean executable, long size, Optional<String> link) {
    /// The only kinds of entries that are accepted.
    public enum Type {
        /// A regular file.
        FILE,
        /// A directory.
        DIRECTORY,
        /// A symbolic link.
        SYMLINK
    }
}
