package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.metadata.MetadataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What `tuf-client` does: each call one run over a metadata directory, every file asked for once,
/// no repetition of failed transfers. What a killed run left unfinished is removed by the next one,
/// not resumed.
public final class ConformanceRun {
    private static final long MAX_ROOT_BYTES = ClientLimits.DEFAULT.rootBytes();

    private final Path store;
    private final String metadataUrl;

    /// @param store the metadata directory
    /// @param metadataUrl used as it is written
    public ConformanceRun(Path store, String metadataUrl) {
        this.store = store;
        this.metadataUrl = metadataUrl;
    }

    /// Copies the first trusted root; it is judged when it is used.
    public static void init(Path store, Path rootFile) {
        try {
            if (Files.size(rootFile) > MAX_ROOT_BYTES) {
                throw MetadataException.malformed(rootFile + " is too long for a root");
            }
            Files.createDirectories(store);
            try (DirectoryLock _ = DirectoryLock.acquire(store)) {
                new FileMetadataStore(store).write("root", Files.readAllBytes(rootFile));
            }
        } catch (IOException e) {
            throw new BelayException(
                    "root-unreadable",
                    "Cannot copy " + rootFile + " to " + store + ": " + e,
                    "Give a readable root.json and a writable directory.",
                    e);
        }
    }

    /// The top-level workflow.
    public void refresh() {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            client("").refresh(Instant.now());
        }
    }

    /// Refreshes, then brings each target to the directory, in order, until one fails.
    public void download(String targetsUrl, Path directory, List<String> paths) {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            Files.createDirectories(directory);
            TargetDownload.removeParts(directory);
            TufClient client = client(targetsUrl);
            client.refresh(Instant.now());
            for (String path : paths) {
                Target target =
                        client.find(path)
                                .orElseThrow(() ->
                                        MetadataException.missing("no trusted role signs " + path));
                client.downloadOrNothing(target, directory.resolve(SafeNames.fileName(path)));
            }
        } catch (IOException e) {
            throw new BelayException(
                    "disk-write-failed",
                    "Cannot make " + directory + ": " + e,
                    "Give a directory that can be written.",
                    e);
        }
    }

    private TufClient client(String targetsUrl) {
        TransferLimits limits = TransferLimits.SINGLE_ATTEMPT;
        return new TufClient(
                Repositories.fetcher(limits),
                limits.attempts(),
                metadataUrl,
                targetsUrl,
                new FileMetadataStore(store),
                ClientLimits.DEFAULT.withAnyLife());
    }
}
