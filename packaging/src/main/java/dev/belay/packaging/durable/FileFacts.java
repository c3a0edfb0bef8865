package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.Objects;

/// What a file system knows about one file, apart from its content; links are not followed.
///
/// @param mode permission and set-id bits
/// @param uid -1 where the file system has no owners
/// @param gid -1 where the file system has no groups
record FileFacts(
        boolean regular,
        boolean directory,
        boolean symlink,
        int mode,
        int uid,
        int gid,
        FileTime modified,
        long size) {
    private static final int PERMISSIONS = 07777;

    static FileFacts of(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> all =
                Files.readAttributes(path, unix ? "unix:*" : "*", LinkOption.NOFOLLOW_LINKS);
        boolean directory = (Boolean) value(all, "isDirectory");
        return new FileFacts(
                (Boolean) value(all, "isRegularFile"),
                directory,
                (Boolean) value(all, "isSymbolicLink"),
                unix ? (Integer) value(all, "mode") & PERMISSIONS : directory ? 0755 : 0644,
                unix ? (Integer) value(all, "uid") : -1,
                unix ? (Integer) value(all, "gid") : -1,
                (FileTime) value(all, "lastModifiedTime"),
                (Long) value(all, "size"));
    }

    private static Object value(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    /// Whether the content can have changed between the two looks.
    boolean sameContentAs(FileFacts later) {
        return size == later.size && modified.equals(later.modified);
    }

    /// Gives a copy the same owner, mode and time, in this order: a change of owner clears set-id
    /// bits. A process that may not give files away keeps its own owner, and then does not set
    /// set-id bits either.
    void applyTo(Path copy) throws IOException {
        Disk.announce(new DiskAct.SetAttributes(copy));
        if (uid >= 0) {
            boolean ownerKept = applyOwner(copy);
            if (!symlink) {
                int bits = ownerKept ? mode : mode & 0777;
                Files.setAttribute(copy, "unix:mode", bits, LinkOption.NOFOLLOW_LINKS);
            }
        }
        Objects.requireNonNull(
                        Files.getFileAttributeView(
                                copy, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                .setTimes(modified, null, null);
    }

    private boolean applyOwner(Path copy) throws IOException {
        FileFacts now = of(copy);
        try {
            if (now.gid != gid) {
                Files.setAttribute(copy, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            }
            if (now.uid != uid) {
                Files.setAttribute(copy, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            }
            return true;
        } catch (FileSystemException notPermitted) {
            FileFacts after = of(copy);
            return after.uid == uid && after.gid == gid;
        }
    }

    /// Copies the `user.` extended attributes.
    static void copyExtendedAttributes(Path from, Path to) throws IOException {
        UserDefinedFileAttributeView source = extendedAttributes(from);
        for (String name : source.list()) {
            Disk.announce(new DiskAct.SetAttributes(to));
            ByteBuffer value = ByteBuffer.allocate(source.size(name));
            source.read(name, value);
            extendedAttributes(to).write(name, value.flip());
        }
    }

    private static UserDefinedFileAttributeView extendedAttributes(Path path) {
        return Objects.requireNonNull(
                Files.getFileAttributeView(
                        path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    }
}
