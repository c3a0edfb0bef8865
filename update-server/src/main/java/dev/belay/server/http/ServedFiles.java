package dev.belay.server.http;

import dev.belay.packaging.digest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The files of the static repository with their strong ETags.
///
/// The ETag is the SHA-256 of the content: for targets it is in the name, for metadata it is
/// computed once per state of the file and kept, together with the content of small files. A file
/// that was replaced is noticed by its inode, size and time. Safe for use by many threads.
final class ServedFiles {
    private static final int MAX_KEPT_FILES = 1024;
    private static final int MAX_KEPT_BYTES = 64 * 1024;
    private final Path root;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    ServedFiles(Path root) {
        this.root = root;
    }

    /// One file as it is now.
    ///
    /// @param path where it lies
    /// @param content its bytes if they are in memory; read-only, to be sliced
    /// @param etag quoted, strong
    record File(Path path, long length, String etag, @Nullable ByteBuffer content) {}

    private record State(@Nullable Object inode, long length, long time) {}

    private record Kept(State state, File file) {}

    /// @return empty if there is no such regular file
    Optional<File> find(RepositoryPath wanted) throws IOException {
        Path path = root.resolve(wanted.file());
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            // Not there, a name too long for the disk, or a name below a file.
            return Optional.empty();
        }
        if (!attributes.isRegularFile()) {
            return Optional.empty();
        }
        Optional<String> hash = wanted.hashInName();
        if (hash.isPresent()) {
            return Optional.of(new File(path, attributes.size(), '"' + hash.get() + '"', null));
        }
        return Optional.of(metadata(wanted.file(), path, attributes));
    }

    private File metadata(String name, Path path, BasicFileAttributes attributes)
            throws IOException {
        State state =
                new State(
                        attributes.fileKey(),
                        attributes.size(),
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        Kept before = kept.get(name);
        if (before != null && before.state().equals(state)) {
            return before.file();
        }
        byte[] bytes = Files.readAllBytes(path);
        File file =
                new File(
                        path,
                        bytes.length,
                        '"' + Digest.sha256(bytes).hex() + '"',
                        bytes.length <= MAX_KEPT_BYTES
                                ? ByteBuffer.wrap(bytes).asReadOnlyBuffer()
                                : null);
        if (bytes.length == state.length()) {
            if (kept.size() >= MAX_KEPT_FILES) {
                kept.clear();
            }
            kept.put(name, new Kept(state, file));
        }
        return file;
    }
}
