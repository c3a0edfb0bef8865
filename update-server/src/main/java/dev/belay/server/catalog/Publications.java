package dev.belay.server.catalog;

import dev.belay.versys.repository.RepositoryWriter;
import dev.belay.versys.repository.RepositoryWriter.Commit;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;

/// Commits to the repository and keeps the catalogue of what is published in step with it. Safe for
/// use by many threads.
public final class Publications {
    private final ReentrantLock lock = new ReentrantLock();
    private final RepositoryWriter repository;
    private final CatalogReader reader;
    private final ObjLongConsumer<ChannelName> onChange;
    private volatile Catalog current;

    /// Reads what is published now.
    ///
    /// @param onChange told of every channel that a commit changed, with the snapshot's version;
    ///   must return at once
    public Publications(RepositoryWriter repository, ObjLongConsumer<ChannelName> onChange) {
        this.repository = repository;
        this.reader =
                new CatalogReader(repository.metadataDirectory(), repository.targetsDirectory());
        this.onChange = onChange;
        this.current = reader.read();
    }

    /// What is published. Never blocks.
    public Catalog current() {
        return current;
    }

    /// Commits any roles; the first time, the repository begins with them.
    ///
    /// @throws dev.belay.packaging.failure.BelayException as [RepositoryWriter] says
    public Commit commit(Map<String, byte[]> metadata) {
        Commit commit =
                repository.initialised()
                        ? repository.commit(metadata)
                        : repository.initialise(metadata);
        refresh();
        return commit;
    }

    /// Commits roles of one product.
    ///
    /// @throws dev.belay.packaging.failure.BelayException as [RepositoryWriter] says
    public Commit commit(String product, Map<String, byte[]> metadata) {
        Commit commit = repository.commit(product, metadata);
        refresh();
        return commit;
    }

    /// Renews snapshot and timestamp if that is due.
    ///
    /// @return whether anything was signed
    public boolean renew() {
        boolean renewed = repository.initialised() && repository.renewIfDue();
        if (renewed) {
            refresh();
        }
        return renewed;
    }

    private void refresh() {
        lock.lock();
        try {
            Catalog before = current;
            Catalog now = reader.read();
            current = now;
            now.changedSince(before).forEach(channel -> onChange.accept(channel, now.snapshot()));
        } finally {
            lock.unlock();
        }
    }
}
