package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A repository as a host sees it: the TUF client with its store on disk.
final class TufRepository implements TargetSource {
    /// When the last successful refresh was. Holds no metadata, hence no `.json`.
    private static final String LAST_REFRESH = "last-refresh";

    private final TufClient client;
    private final Path store;
    private final InstantSource clock;
    private final Duration staleness;

    /// @param staleness how long ago metadata may have expired
    TufRepository(TufClient client, Path store, InstantSource clock, Duration staleness) {
        this.client = client;
        this.store = store;
        this.clock = clock;
        this.staleness = staleness;
    }

    /// A clock that was set back must not bring expired metadata back to life: what was seen once
    /// counts. It is kept only after everything verified, so that a clock that was far ahead once,
    /// when everything looks expired, does no lasting harm.
    @Override
    public void refresh() {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            Instant now = later(clock.instant(), lastRefresh());
            client.refresh(now.minus(staleness));
            if (staleness.isZero()) {
                keepLastRefresh(now);
            }
        }
    }

    @Override
    public Optional<Target> find(String path) {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            return client.find(path);
        }
    }

    @Override
    public byte[] read(Target target, long maxBytes) {
        return client.read(target, maxBytes);
    }

    @Override
    public void download(Target target, Path file, TransferListener listener) {
        client.download(target, file, listener);
    }

    private Instant lastRefresh() {
        try {
            return Instant.parse(Files.readString(store.resolve(LAST_REFRESH)).strip());
        } catch (NoSuchFileException | DateTimeException e) {
            return Instant.EPOCH;
        } catch (IOException e) {
            throw FileMetadataStore.unusable(store, e);
        }
    }

    private void keepLastRefresh(Instant now) {
        try {
            DurableFiles.write(
                    store.resolve(LAST_REFRESH), now.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw FileMetadataStore.unusable(store, e);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
