package dev.belay.packaging.archive;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingOutputStream;
import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Writes the accepted entries of an archive below one directory. Files come first, links last: at
/// no time is anything written through a link. Modes are 755 and 644 whatever the umask; owner is
/// the process; times are those of writing. Not thread-safe.
public final class QuarantineTree {
    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path root;
    private final Map<Path, Path> links = new LinkedHashMap<>();

    /// @param root an empty directory, best one that only this process may enter
    /// @throws FileSystemException if it is not an empty directory
    public QuarantineTree(Path root) throws IOException {
        this.root = root;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            if (children.iterator().hasNext()) {
                throw new FileSystemException(root.toString(), null, "is not empty");
            }
        }
    }

    /// Makes a directory, and those above it.
    public void directory(String path) throws IOException {
        ensureDirectory(root.resolve(path));
    }

    /// Writes a file that is not there yet.
    ///
    /// @return the digest of what was written
    public Digest file(String path, boolean executable, InputStream content) throws IOException {
        Path file = root.resolve(path);
        ensureDirectory(parentOf(file));
        Digest[] digest = new Digest[1];
        DurableFiles.createInTree(
                file,
                executable ? EXECUTABLE : DurableFiles.READABLE,
                sink -> {
                    DigestingOutputStream digesting =
                            new DigestingOutputStream(sink, Digest.Algorithm.SHA256);
                    content.transferTo(digesting);
                    digest[0] = digesting.digest(Digest.Algorithm.SHA256);
                });
        return digest[0];
    }

    /// Remembers a symlink for [#finish].
    public void symlink(String path, String target) {
        links.put(root.resolve(path), root.getFileSystem().getPath(target));
    }

    /// Makes the links and then everything durable.
    public void finish() throws IOException {
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            ensureDirectory(parentOf(link.getKey()));
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
        DurableFiles.syncTree(root);
    }

    /// Removes everything that was written, and the directory itself.
    public void discard() throws IOException {
        DurableFiles.deleteTree(root);
    }

    private void ensureDirectory(Path directory) throws IOException {
        if (directory.equals(root) || Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        ensureDirectory(parentOf(directory));
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, EXECUTABLE);
    }

    private Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }
}
