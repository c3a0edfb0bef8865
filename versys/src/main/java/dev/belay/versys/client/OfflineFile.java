package dev.belay.versys.client;

import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A repository, or the part of one that a chain of upgrades needs, in one file for hosts without a
/// network: a zip of `metadata/` and `targets/` with the names that a web server would serve.
///
/// Nothing in it is trusted for being in it: it is read through the same client, from the root that
/// the host trusts.
public final class OfflineFile {
    static final String METADATA = "offline:metadata/";
    static final String TARGETS = "offline:targets/";

    private OfflineFile() {}

    /// Opens an offline file as a repository.
    ///
    /// @param file made by `versys export`
    /// @param store what this host trusts, as for [Repositories#open]
    /// @param staleness how long ago metadata may have expired; the admin's explicit decision for
    ///   this one file, else zero
    /// @throws RefusedException `offline-file-unreadable`
    public static TargetSource open(
            Path file, Path store, InstantSource clock, Duration staleness) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("metadata/timestamp.json") == null) {
                throw unreadable(file, "it has no metadata/timestamp.json", null);
            }
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
        TufClient client =
                new TufClient(
                        fetcher(file),
                        1,
                        METADATA,
                        TARGETS,
                        new FileMetadataStore(store),
                        ClientLimits.DEFAULT);
        return new TufRepository(client, store, clock, staleness);
    }

    private static RefusedException unreadable(Path file, String why, @Nullable Exception cause) {
        return new RefusedException(
                "offline-file-unreadable",
                file + " is no offline file: " + why + ".",
                "Copy it again, or make it anew with versys export. Nothing was changed.",
                cause);
    }

    private static Fetcher fetcher(Path file) {
        return (address, offset, maxBytes) -> {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                ZipEntry entry = zip.getEntry(address.substring("offline:".length()));
                if (entry == null) {
                    zip.close();
                    return Optional.empty();
                }
                InputStream in = zip.getInputStream(entry);
                in.skipNBytes(offset);
                InputStream limited = new LimitedInputStream(in, Math.max(0, maxBytes - offset));
                return Optional.of(new Fetcher.Arriving(offset, closingToo(limited, zip)));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        };
    }

    private static InputStream closingToo(InputStream in, ZipFile zip) {
        return new FilterInputStream(in) {
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
        };
    }

    static BelayException notWritten(Path file, IOException cause) {
        return new BelayException(
                "offline-file-not-written",
                "Cannot write " + file + ": " + cause.getMessage() + ".",
                "Check space and permissions there.",
                cause);
    }
}
