package dev.belay.server.storage;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where a server keeps everything, and who may touch it: the directory and all below it belong to
/// one user (0700), and one server at a time owns it.
///
/// ```
/// DIR/admin-token    the admin's bearer token, 0600, written on the first start only
/// DIR/changes/       changes that wait for signatures
/// DIR/webhook-secret what the webhook's receiver knows too, 0600
/// DIR/server.db      tokens (hashed), hosts, reports
/// DIR/repository/    metadata/ and targets/, which hosts read; keys/ and staged/, which nobody
///                    reads through the server
/// DIR/server.lock    held while a server runs
/// ```
public final class DataDirectory {
    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /// Makes the directory ready for use, creating it if it is not there.
    ///
    /// @throws RefusedException `data-directory-unusable` if this user cannot read and write it
    public static DataDirectory prepare(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            DurableFiles.createDirectories(absolute, DurableFiles.PRIVATE_DIRECTORY);
            if (!Files.getPosixFilePermissions(absolute).equals(DurableFiles.PRIVATE_DIRECTORY)) {
                Files.setPosixFilePermissions(absolute, DurableFiles.PRIVATE_DIRECTORY);
            }
            DataDirectory directory = new DataDirectory(absolute);
            DurableFiles.createDirectories(directory.repository(), DurableFiles.PRIVATE_DIRECTORY);
            for (Path part : new Path[] {absolute, directory.repository()}) {
                if (!Files.isReadable(part) || !Files.isWritable(part)) {
                    throw unusable(absolute, null);
                }
            }
            return directory;
        } catch (IOException e) {
            throw unusable(absolute, e);
        }
    }

    /// Opens a directory that a server has used before.
    ///
    /// @throws RefusedException `no-data-directory` if none has
    public static DataDirectory existing(Path root) {
        DataDirectory directory = new DataDirectory(root.toAbsolutePath().normalize());
        if (!Files.isRegularFile(directory.database(), LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(
                    "no-data-directory",
                    "No update-server has used " + directory.root + "; nothing was changed.",
                    "Start update-server --data with this directory once, or name the right one.");
        }
        return directory;
    }

    /// Takes ownership for this process. The system gives it back when the process ends, however it
    /// ends, so a stale lock cannot exist.
    ///
    /// @throws RefusedException `data-directory-in-use` if another server has it
    public AutoCloseable lock() {
        try {
            FileChannel channel =
                    FileChannel.open(
                            root.resolve("server.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // Another server in this very process: the same answer as for another process.
            }
            channel.close();
        } catch (IOException e) {
            throw unusable(root, e);
        }
        throw new RefusedException(
                "data-directory-in-use",
                "Another update-server runs on " + root + "; this one changed nothing.",
                "Stop the other one, or give this one its own --data directory.");
    }

    /// The file that holds the admin's token after the first start.
    public Path adminToken() {
        return root.resolve("admin-token");
    }

    /// Changes that wait for signatures.
    public Path changes() {
        return root.resolve("changes");
    }

    /// What the receiver of the webhook knows too, from `DIR/webhook-secret`; made at the first
    /// use. An admin may put another text there.
    ///
    /// @throws RefusedException `data-directory-unusable`
    public byte[] webhookSecret() {
        Path file = root.resolve("webhook-secret");
        try {
            if (!Files.exists(file)) {
                byte[] bits = new byte[32];
                new SecureRandom().nextBytes(bits);
                DurableFiles.write(
                        file,
                        (HexFormat.of().formatHex(bits) + "\n").getBytes(StandardCharsets.US_ASCII),
                        DurableFiles.PRIVATE);
            }
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /// The SQLite file.
    public Path database() {
        return root.resolve("server.db");
    }

    /// The TUF repository.
    public Path repository() {
        return root.resolve("repository");
    }

    private static RefusedException unusable(Path root, @Nullable IOException cause) {
        return new RefusedException(
                "data-directory-unusable",
                "The data directory " + root + " cannot be read and written by this user.",
                "Give the directory to the user that runs update-server, or name another one.",
                cause);
    }
}
