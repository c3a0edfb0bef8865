package dev.belay.packaging.durable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/// The one order of steps by which a file gets new content: temp file beside it that nobody else
/// can have made, content, mode, fsync, rename, fsync of the directory.
final class AtomicFile {
    private static final int BUFFER = 64 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String TEMPORARY = ".belay-[0-9a-f]{16}.tmp";

    private AtomicFile() {}

    static void write(Path file, Set<PosixFilePermission> permissions, Content content)
            throws IOException {
        Path temporary = temporaryBeside(file);
        try {
            create(temporary, permissions, content);
            Disk.rename(temporary, file);
        } catch (IOException | RuntimeException failure) {
            discard(temporary, failure);
            throw failure;
        }
        Disk.forceDirectory(DurableFiles.parentOf(file));
    }

    /// Writes and forces a new file; its name is not durable yet.
    static void create(Path file, Set<PosixFilePermission> permissions, Content content)
            throws IOException {
        create(file, permissions, content, channel -> Disk.force(file, channel));
    }

    /// Writes a new file that [TreeSync] forces later.
    static void createUnforced(Path file, Set<PosixFilePermission> permissions, Content content)
            throws IOException {
        create(file, permissions, content, _ -> {});
    }

    private interface AtEnd {
        void accept(FileChannel channel) throws IOException;
    }

    private static void create(
            Path file, Set<PosixFilePermission> permissions, Content content, AtEnd atEnd)
            throws IOException {
        try (FileChannel channel = Disk.create(file)) {
            Disk.setPermissions(file, permissions);
            OutputStream sink = new BufferedOutputStream(new FileSink(file, channel), BUFFER);
            content.writeTo(sink);
            sink.flush();
            atEnd.accept(channel);
        }
    }

    /// A name that cannot be guessed and does not depend on the length of the file's own.
    static Path temporaryBeside(Path file) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return DurableFiles.parentOf(file)
                .resolve(".belay-" + HexFormat.of().formatHex(random) + ".tmp");
    }

    /// Removes the temporary files of writers that were killed.
    static void removeTemporaries(Path directory, Instant olderThan) throws IOException {
        try (DirectoryStream<Path> children =
                Files.newDirectoryStream(
                        directory, child -> child.getFileName().toString().matches(TEMPORARY))) {
            for (Path temporary : children) {
                if (changed(temporary).isBefore(olderThan)) {
                    Disk.remove(temporary);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// One that vanishes meanwhile needs no removing.
    private static Instant changed(Path temporary) throws IOException {
        try {
            return Files.getLastModifiedTime(temporary, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    static void discard(Path temporary, Exception failure) {
        try {
            Disk.remove(temporary);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static final class FileSink extends OutputStream {
        private final Path file;
        private final FileChannel channel;

        FileSink(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Disk.write(file, channel, ByteBuffer.wrap(bytes, offset, length));
        }
    }
}
