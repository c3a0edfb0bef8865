package dev.belay.packaging.archive;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads a tar.gz entry by entry, start to end, and rejects it at the first thing that is not
/// right. Everything that can be decided about an entry is decided before it is handed out; the
/// archive as a whole is only accepted when [#next] has answered empty.
///
/// Rejecting is [HostileArchiveException]; an [IOException] means that the file could not be read.
/// Reads through one open file, so that what was checked is what was read. Not thread-safe.
public final class ArchiveReader implements Closeable {
    private final DigestingInputStream bytes;
    private final TarGuard guard;
    private final TarArchiveInputStream tar;
    private final EntryIndex index = new EntryIndex();
    private ArchiveLimits limits;
    private int entries;
    private long unpackedBytes;
    private boolean ended;

    /// @param archive closed together with this reader
    public ArchiveReader(InputStream archive, ArchiveLimits limits) throws IOException {
        this.bytes = new DigestingInputStream(new DiskErrors(archive), Digest.Algorithm.SHA256);
        this.limits = limits;
        try {
            this.guard = new TarGuard(new StrictGzipInputStream(bytes, limits.maxRatio()));
            this.tar =
                    new TarArchiveInputStream(
                            guard, TarHeader.LENGTH, TarHeader.LENGTH, "UTF-8", false);
        } catch (UncheckedIOException e) {
            archive.close();
            throw e.getCause();
        } catch (HostileArchiveException e) {
            archive.close();
            throw e;
        }
    }

    /// Opens an archive file.
    public static ArchiveReader open(Path archive, ArchiveLimits limits) throws IOException {
        return new ArchiveReader(Files.newInputStream(archive), limits);
    }

    /// Narrows the sum of file sizes, as soon as a manifest has said what it should be.
    public void limitUnpackedBytes(long bytes) {
        limits = limits.withMaxUnpackedBytes(Math.min(bytes, limits.maxUnpackedBytes()));
        checkUnpackedBytes();
    }

    /// Goes to the next entry; what was not read of the one before is read and checked.
    ///
    /// @return empty when the archive has ended exactly where it should
    /// @throws HostileArchiveException if the archive is to be rejected
    public Optional<ArchiveEntry> next() throws IOException {
        Optional<TarArchiveEntry> theirs = reading(() -> Optional.ofNullable(tar.getNextEntry()));
        Optional<TarHeader> ours = guard.takeHeader();
        if (theirs.isPresent() != ours.isPresent()) {
            throw disagreement();
        }
        if (ours.isEmpty()) {
            reading(() -> guard.transferTo(OutputStream.nullOutputStream()));
            ended = true;
            return Optional.empty();
        }
        ArchiveEntry entry = EntryCheck.check(ours.get(), limits);
        if (!EntryCheck.agrees(ours.get(), theirs.orElseThrow())) {
            throw disagreement();
        }
        if (++entries > limits.maxEntries()) {
            throw new HostileArchiveException(
                    "it has more than " + limits.maxEntries() + " entries");
        }
        unpackedBytes = Math.addExact(unpackedBytes, entry.size());
        checkUnpackedBytes();
        index.add(entry);
        return Optional.of(entry);
    }

    private void checkUnpackedBytes() {
        if (unpackedBytes > limits.maxUnpackedBytes()) {
            throw new HostileArchiveException(
                    "it unpacks to more than " + limits.maxUnpackedBytes() + " bytes");
        }
    }

    private static HostileArchiveException disagreement() {
        return new HostileArchiveException("two readers of it do not agree");
    }

    /// The content of the current entry. Closing it is not necessary and does nothing.
    public InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return reading(() -> tar.read(buffer, offset, length));
            }
        };
    }

    /// SHA-256 of the archive's own bytes, exactly those that were read.
    ///
    /// @throws IllegalStateException before the end was reached
    public Digest digest() {
        if (!ended) {
            throw new IllegalStateException("the archive was not read to its end");
        }
        return bytes.digest(Digest.Algorithm.SHA256);
    }

    /// Tells a broken disk from a broken archive: what Commons Compress finds wrong is an
    /// `IOException` too.
    private static <T> T reading(Read<T> read) throws IOException {
        try {
            return read.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException | IllegalArgumentException e) {
            throw new HostileArchiveException("it is malformed", e);
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private interface Read<T> {
        T get() throws IOException;
    }

    /// Marks failures of the file itself.
    private static final class DiskErrors extends FilterInputStream {
        DiskErrors(InputStream source) {
            super(source);
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
