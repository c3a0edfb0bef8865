package dev.belay.versys.client;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A repository as a host sees it: the TUF client with its store on disk.
final class TufRepository implements TargetSource {
    private final TufClient client;
    private final Path store;
    private final TrustStore.Opened trusted;
    private final InstantSource clock;
    private final LastRefresh last;

    /// @param trusted what `client` keeps its metadata in
    TufRepository(
            TufClient client, TrustStore store, TrustStore.Opened trusted, InstantSource clock) {
        this.client = client;
        this.store = store.directory();
        this.trusted = trusted;
        this.clock = clock;
        this.last = store.lastRefresh();
    }

    @Override
    public void refresh() {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            Instant now = last.notBefore(clock);
            client.refresh(now);
            trusted.remember();
            last.keep(now);
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
    public <T> T peek(Target target, Look<T> look) {
        return client.peek(target, look);
    }

    @Override
    public void download(Target target, Path file, TransferListener listener) {
        client.download(target, file, listener);
    }
}
