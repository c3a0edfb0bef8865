package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// An offline file or directory as a host sees it: the same client, the same trusted root, the same
/// protection against going back. Two things differ. What it verified is kept only after a first
/// target was read too, because only that shows that the file is for this host. And its metadata
/// may have expired as long ago as the admin has said.
final class OfflineRepository implements TargetSource {
    private final TufClient client;
    private final TrustStore.Opened trusted;
    private final HeldStore held;
    private final Path store;
    private final InstantSource clock;
    private final Duration staleness;
    private final LastRefresh last;
    private final OfflineWords words;
    private Instant now = Instant.EPOCH;

    /// @param staleness how long ago metadata may have expired
    OfflineRepository(Path file, TrustStore store, InstantSource clock, Duration staleness) {
        this.trusted = store.open();
        this.held = new HeldStore(trusted.metadata());
        this.store = store.directory();
        this.clock = clock;
        this.staleness = staleness;
        this.last = store.lastRefresh();
        this.words = new OfflineWords(file, staleness);
        this.client =
                new TufClient(
                        new OfflineFetcher(file),
                        1,
                        OfflineFetcher.METADATA,
                        OfflineFetcher.TARGETS,
                        held,
                        ClientLimits.DEFAULT);
    }

    @Override
    public void refresh() {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            now = last.notBefore(clock);
            said(() -> {
                client.refresh(now, staleness);
                return true;
            });
        }
    }

    @Override
    public Optional<Target> find(String path) {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            return said(() -> client.find(path));
        }
    }

    @Override
    public byte[] read(Target target, long maxBytes) {
        byte[] bytes = said(() -> client.read(target, maxBytes));
        keep();
        return bytes;
    }

    @Override
    public <T> T peek(Target target, Look<T> look) {
        return said(() -> client.peek(target, look));
    }

    @Override
    public void download(Target target, Path file, TransferListener listener) {
        said(() -> {
            client.download(target, file, listener);
            return true;
        });
        keep();
    }

    private void keep() {
        try (DirectoryLock _ = DirectoryLock.acquire(store)) {
            held.keep();
            trusted.remember();
            if (staleness.isZero()) {
                last.keep(now);
            }
        }
    }

    /// In the words of an offline file: the client speaks of servers and networks.
    private <T> T said(Supplier<T> act) {
        try {
            return act.get();
        } catch (BelayException e) {
            throw words.of(e, now);
        }
    }
}
