package dev.belay.versys.client;

import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.packaging.failure.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Reads an offline file or directory. What cannot be read is a damaged file, never a network that
/// may be tried again.
final class OfflineFetcher implements Fetcher {
    private static final String SCHEME = "offline:";
    static final String METADATA = SCHEME + "metadata/";
    static final String TARGETS = SCHEME + "targets/";

    private final Path at;
    private final @Nullable Fetcher directory;

    /// @throws RefusedException `offline-file-unreadable`
    OfflineFetcher(Path at) {
        this.at = at;
        this.directory = Files.isDirectory(at) ? new DirectoryFetcher() : null;
        if (!Files.exists(at)) {
            throw unreadable("it does not exist", null);
        }
        if (directory == null && !Files.isRegularFile(at)) {
            throw unreadable("it is neither a file nor a directory", null);
        }
        try (InputStream _ =
                opened(METADATA + "timestamp.json", 0, Long.MAX_VALUE)
                        .orElseThrow(() -> unreadable("it has no metadata/timestamp.json", null))
                        .body()) {
            // it is one; what it is worth, the client says
        } catch (IOException e) {
            throw unreadable(words(e), e);
        }
    }

    @Override
    public Optional<Arriving> open(String address, long offset, long maxBytes) {
        try {
            return opened(address, offset, maxBytes)
                    .map(file -> new Arriving(file.start(), new Guarded(file.body())));
        } catch (IOException e) {
            throw unreadable(words(e), e);
        }
    }

    private Optional<Arriving> opened(String address, long offset, long maxBytes)
            throws IOException {
        String name = address.substring(SCHEME.length());
        return directory == null
                ? zipped(name, offset, maxBytes)
                : directory.open(SafeNames.join(at.toUri().toString(), name), offset, maxBytes);
    }

    private Optional<Arriving> zipped(String name, long offset, long maxBytes) throws IOException {
        ZipFile zip = new ZipFile(at.toFile());
        try {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                zip.close();
                return Optional.empty();
            }
            InputStream in = zip.getInputStream(entry);
            in.skipNBytes(offset);
            InputStream limited = new LimitedInputStream(in, Math.max(0, maxBytes - offset));
            return Optional.of(new Arriving(offset, new WithZip(limited, zip)));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static String words(IOException failure) {
        return failure instanceof ZipException
                ? "it is damaged (" + failure.getMessage() + ")"
                : IoFailures.words(failure).replaceFirst("[.]$", "");
    }

    private RefusedException unreadable(String why, @Nullable Exception cause) {
        return new RefusedException(
                "offline-file-unreadable",
                at
                        + " is no "
                        + (Files.isDirectory(at) ? "offline directory: " : "offline file: ")
                        + why
                        + ". Nothing was changed.",
                "Copy it again, or make it anew with versys export.",
                cause);
    }

    /// What fails while reading is said as what it is.
    private final class Guarded extends FilterInputStream {
        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (LengthExceededException e) {
                throw e;
            } catch (IOException e) {
                throw unreadable(words(e), e);
            }
        }
    }

    /// Closes the zip too.
    private static final class WithZip extends FilterInputStream {
        private final ZipFile zip;

        WithZip(InputStream in, ZipFile zip) {
            super(in);
            this.zip = zip;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            try (zip) {
                super.close();
            }
        }
    }
}
