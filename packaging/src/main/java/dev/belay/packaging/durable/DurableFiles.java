package dev.belay.packaging.durable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// Changes to files that are either wholly there or not at all, also after a power cut. When a
/// method returns, the change is on the disk; when it throws, the old state is still there (for
/// trees: see each method). Only if a directory could not be forced, the last step of each change,
/// the new state is there already, and a power cut may bring the old one back.
///
/// All input and output happens on the calling thread. A failed fsync is never repeated: the method
/// throws, and the caller starts again from the source.
public final class DurableFiles {
    /// `rw-r--r--`, for what everyone may read.
    public static final Set<PosixFilePermission> READABLE =
            Set.copyOf(PosixFilePermissions.fromString("rw-r--r--"));

    /// `rw-------`, for keys, journals and backups.
    public static final Set<PosixFilePermission> PRIVATE =
            Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    /// `rwxr-xr-x`, for directories that everyone may enter.
    public static final Set<PosixFilePermission> READABLE_DIRECTORY =
            Set.copyOf(PosixFilePermissions.fromString("rwxr-xr-x"));

    /// `rwx------`, for directories of the supervisor's own.
    public static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
            Set.copyOf(PosixFilePermissions.fromString("rwx------"));

    /// What the names of trees begin with that are being deleted.
    public static final String DELETING = ".deleting-";

    private DurableFiles() {}

    /// Writes or replaces a file that everyone may read, whatever the umask.
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, READABLE);
    }

    /// Writes or replaces a file with exactly these permissions.
    public static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions)
            throws IOException {
        write(file, permissions, sink -> sink.write(bytes));
    }

    /// Writes or replaces a file with what the content writes; nothing is held in memory.
    ///
    /// @throws IOException if the content or the disk gave up; the old file is unchanged
    public static void write(Path file, Set<PosixFilePermission> permissions, Content content)
            throws IOException {
        AtomicFile.write(file, permissions, content);
    }

    /// Writes a file that is not there yet, straight under its name: for trees that nobody uses
    /// before they are whole. The name becomes durable with [#syncDirectory].
    ///
    /// @throws FileAlreadyExistsException if there is one
    /// @throws IOException if the content or the disk gave up; part of the file may be there
    public static void create(Path file, Set<PosixFilePermission> permissions, Content content)
            throws IOException {
        AtomicFile.create(file, permissions, content);
    }

    /// As [#create], but nothing of it is durable before [#syncTree] on a directory above it: for
    /// trees of many files that count for nothing until they are whole.
    public static void createInTree(
            Path file, Set<PosixFilePermission> permissions, Content content) throws IOException {
        AtomicFile.createUnforced(file, permissions, content);
    }

    /// Writes or replaces a file with all that is left in a stream, which stays open.
    public static void writeFrom(
            Path file, InputStream source, Set<PosixFilePermission> permissions)
            throws IOException {
        write(file, permissions, source::transferTo);
    }

    /// Renames a file, a link or a directory within one file system and makes both parents durable.
    /// An existing file or link at the destination is replaced, an existing directory is not.
    ///
    /// @throws java.nio.file.AtomicMoveNotSupportedException if the two are on different file
    ///   systems; nothing was moved
    public static void move(Path from, Path to) throws IOException {
        if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Disk.rename(from, to);
        syncDirectory(parentOf(to));
        if (!parentOf(from).equals(parentOf(to))) {
            syncDirectory(parentOf(from));
        }
    }

    /// Makes `link` a symlink to `target` (taken as it is, relative or absolute) by one atomic
    /// rename: at every moment the link is either the old one or the new one.
    public static void swapLink(Path link, Path target) throws IOException {
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(link.toString(), null, "is a directory");
        }
        Path temporary = AtomicFile.temporaryBeside(link);
        Disk.createLink(temporary, target);
        try {
            Disk.rename(temporary, link);
        } catch (IOException failure) {
            AtomicFile.discard(temporary, failure);
            throw failure;
        }
        syncDirectory(parentOf(link));
    }

    /// Removes a file or a link if it is there and makes that durable.
    ///
    /// @return whether there was one
    public static boolean delete(Path file) throws IOException {
        boolean existed = Disk.remove(file);
        if (existed) {
            syncDirectory(parentOf(file));
        }
        return existed;
    }

    /// Removes what writers that were killed have left unfinished in a directory. The caller makes
    /// sure that nobody writes there meanwhile.
    public static void removeUnfinished(Path directory) throws IOException {
        AtomicFile.removeTemporaries(directory, Instant.MAX);
    }

    /// As above for a directory that others may be writing to: only what is older than any writer
    /// may be. Nothing happens if the directory is not there.
    public static void removeUnfinished(Path directory, Instant olderThan) throws IOException {
        if (Files.isDirectory(directory)) {
            AtomicFile.removeTemporaries(directory, olderThan);
        }
    }

    /// The directory that a path is in.
    ///
    /// @throws IllegalArgumentException for the root directory
    public static Path parentOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the root directory is in no directory");
        }
        return parent;
    }

    /// Makes the content and attributes of a file durable.
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            Disk.force(file, channel);
        }
    }

    /// Makes the names in a directory durable.
    public static void syncDirectory(Path directory) throws IOException {
        Disk.forceDirectory(directory);
    }

    /// Makes a whole tree durable: every regular file, every directory, and the name of the tree in
    /// its parent. Symlinks are names and are not followed. Not for a tree that anybody writes to.
    public static void syncTree(Path root) throws IOException {
        TreeSync.sync(root, false);
        syncDirectory(parentOf(root));
    }

    /// As [#syncTree], for a tree that somebody may be working on: what is in it when this begins
    /// and still when this ends is durable.
    public static void syncTreeInUse(Path root) throws IOException {
        TreeSync.sync(root, true);
        syncDirectory(parentOf(root));
    }

    /// Creates a directory and those above it that are missing, each with exactly these
    /// permissions, and makes their names durable. Directories that exist stay as they are.
    public static void createDirectories(Path directory, Set<PosixFilePermission> permissions)
            throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory.toAbsolutePath();
                path != null && !Files.isDirectory(path);
                path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            Disk.createDirectory(path);
            Disk.setPermissions(path, permissions);
            syncDirectory(path);
            syncDirectory(parentOf(path));
        }
    }

    /// Copies a tree or a single file with modes, owners (where the process may set them),
    /// nanosecond times, symlinks as they are, and user extended attributes where both sides have
    /// them; then makes it durable. A file that changes meanwhile is copied again, up to three
    /// times. Never follows a symlink. Blocks of zeros become holes. Other kinds (sockets, pipes,
    /// devices) are refused.
    ///
    /// @param to must not exist or be an empty directory; after a failure it holds an unfinished
    ///   copy that the caller removes
    /// @param filter what to copy
    /// @param visitor told of everything copied, parents before children
    /// @throws NoSuchFileException if `from` is not there
    public static void copyTree(Path from, Path to, CopyFilter filter, CopyVisitor visitor)
            throws IOException {
        new TreeCopy(from, to, filter, visitor).run();
        syncDirectory(parentOf(to));
    }

    /// Tells a visitor of everything in a tree as if it were copied, digests included, and copies
    /// nothing. Not for a tree that anybody writes to.
    public static void describeTree(Path root, CopyVisitor visitor) throws IOException {
        TreeReport.tell(root, visitor);
    }

    /// Removes a file or a tree without ever following a link, also when somebody swaps directories
    /// for links meanwhile; then makes the removal durable. Nothing happens if it is not there.
    public static void deleteTree(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            TreeDelete.delete(root);
            syncDirectory(parentOf(root));
        }
    }

    /// As [#deleteTree], for a tree that others rely on by its name: it gets another name first
    /// (with the prefix [#DELETING]), so that what an interruption leaves of it is never taken for
    /// the whole. What was left so before is removed as well.
    public static void deleteWhole(Path root) throws IOException {
        String name = String.valueOf(root.getFileName());
        Path leaving = name.startsWith(DELETING) ? root : root.resolveSibling(DELETING + name);
        if (!root.equals(leaving) && Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            deleteTree(leaving);
            move(root, leaving);
        }
        deleteTree(leaving);
    }
}
