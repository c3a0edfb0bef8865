package dev.belay.versys.client;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A repository as a host sees it: the TUF client with its store on disk.
final class TufRepository implements TargetSource {
    private final TufClient client;
    private final Path store;
    private final InstantSource clock;
    private final Duration staleness;
    private final LastRefresh last;

    /// @param staleness how long ago metadata may have expired
    TufRepository(TufClient client, Path store, InstantSource clock, Duration staleness) {
        this.client = client;
        this.store = store;
        this.clock = clock;
        this.staleness = staleness;
        this.last = new LastRefresh(store);
    }

    @Override
    public void refresh() {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            Instant now = last.notBefore(clock);
            client.refresh(now.minus(staleness));
            if (staleness.isZero()) {
                last.keep(now);
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
}
