package dev.belay.packaging.durable;

import dev.belay.packaging.digest.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One thing that a tree copy has copied.
///
/// @param relative the path below the root of the copy; empty for the root itself
/// @param type what it is
/// @param mode the permission bits as a number, for example `0644`; set-id bits included
/// @param uid numeric owner, or -1 where the file system has none
/// @param gid numeric group, or -1 where the file system has none
/// @param modified the modification time of the source
/// @param size bytes of a regular file, else 0
/// @param digest SHA-256 of the bytes as they were copied, if the visitor asked for it
/// @param link the target of a symlink, as it is written in it
/// @param stable false if size or modification time of the source changed while it was copied
public record CopiedEntry(
        Path relative,
        Type type,
        int mode,
        int uid,
        int gid,
        Instant modified,
        long size,
        Optional<Digest> digest,
        Optional<String> link,
        boolean stable) {
    /// What can be copied.
    public enum Type {
        /// A regular file.
        FILE,
        /// A directory.
        DIRECTORY,
        /// A symbolic link.
        SYMLINK
    }
}
