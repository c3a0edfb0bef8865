package dev.belay.versys.repository;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingInputStream;
import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.TargetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;

/// The bytes of targets: staged by digest first, then placed where metadata names them. A staged
/// blob has its name only once all of it is there and has the digest.
final class TargetBlobs {
    private final Path staging;
    private final Path targets;

    TargetBlobs(Path staging, Path targets) {
        this.staging = staging;
        this.targets = targets;
    }

    Path directory() {
        return targets;
    }

    /// @param now from when on its time is counted, also if it was there already
    boolean stage(Digest expected, InputStream body, long maxBytes, Instant now)
            throws IOException {
        Path blob = staging.resolve(expected.hex());
        if (Files.exists(blob)) {
            Files.setLastModifiedTime(blob, FileTime.from(now));
            return false;
        }
        try {
            DurableFiles.write(
                    blob,
                    DurableFiles.READABLE,
                    sink -> {
                        DigestingInputStream in =
                                new DigestingInputStream(
                                        new LimitedInputStream(body, maxBytes),
                                        expected.algorithm());
                        in.transferTo(sink);
                        if (!in.digest(expected.algorithm()).equals(expected)) {
                            throw new RefusedException(
                                    "digest-mismatch",
                                    "What arrived does not have the digest " + expected + ".",
                                    "Nothing was kept. Send it again.");
                        }
                    });
        } catch (LengthExceededException e) {
            throw new RefusedException(
                    "too-large",
                    "The upload is longer than " + maxBytes + " bytes.",
                    "Nothing was kept. Make it smaller or ask for a higher limit.",
                    e);
        }
        Files.setLastModifiedTime(blob, FileTime.from(now));
        return true;
    }

    /// Counts the time of a target's staged blobs from that moment on, unless it is later already.
    void countFrom(TargetFile target, Instant moment) throws IOException {
        for (Digest digest : target.digests()) {
            Path blob = staging.resolve(digest.hex());
            if (Files.exists(blob)
                    && Files.getLastModifiedTime(blob).toInstant().isBefore(moment)) {
                Files.setLastModifiedTime(blob, FileTime.from(moment));
            }
        }
    }

    /// Whether the bytes of that target are here, placed or staged, with every signed digest.
    boolean available(String path, TargetFile target) throws IOException {
        for (Digest digest : target.digests()) {
            Path placed = placed(path, digest);
            Path blob = staging.resolve(digest.hex());
            Path found = Files.exists(placed) ? placed : blob;
            if (!Files.exists(found) || Files.size(found) != target.length()) {
                return false;
            }
        }
        return true;
    }

    /// Gives staged bytes the name that metadata uses, by a hard link where there are any: two
    /// targets may have the same bytes. Doing it twice is harmless.
    void place(String path, TargetFile target) throws IOException {
        for (Digest digest : target.digests()) {
            Path placed = placed(path, digest);
            if (!Files.exists(placed)) {
                DurableFiles.createDirectories(
                        Objects.requireNonNull(placed.getParent()),
                        DurableFiles.READABLE_DIRECTORY);
                link(staging.resolve(digest.hex()), placed);
            }
        }
    }

    private static void link(Path blob, Path placed) throws IOException {
        try {
            Files.createLink(placed, blob);
            DurableFiles.syncDirectory(Objects.requireNonNull(placed.getParent()));
        } catch (UnsupportedOperationException | FileSystemException e) {
            try (InputStream in = Files.newInputStream(blob)) {
                DurableFiles.writeFrom(placed, in, DurableFiles.READABLE);
            }
        }
    }

    /// Forgets blobs that were staged before that moment; placed ones stay.
    void tidy(Instant before) throws IOException {
        try (DirectoryStream<Path> blobs = Files.newDirectoryStream(staging)) {
            for (Path blob : blobs) {
                if (Files.getLastModifiedTime(blob).toInstant().isBefore(before)) {
                    DurableFiles.delete(blob);
                }
            }
        }
    }

    private Path placed(String path, Digest digest) {
        int name = path.lastIndexOf('/') + 1;
        return targets.resolve(path.substring(0, name) + digest.hex() + "." + path.substring(name));
    }
}
