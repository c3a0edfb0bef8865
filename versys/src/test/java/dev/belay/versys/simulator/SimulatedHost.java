package dev.belay.versys.simulator;

import dev.belay.versys.client.ClientLimits;
import dev.belay.versys.client.Fetcher;
import dev.belay.versys.client.MetadataStore;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TufClient;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// A host over a simulator: every refresh is a new run, as in a new process; only the store stays.
public final class SimulatedHost {
    private final Fetcher fetcher;

    /// What the host trusts, by role.
    public final TreeMap<String, byte[]> trusted = new TreeMap<>();

    public Instant now = ReleaseRepositorySimulator.NOW;
    public ClientLimits limits = ClientLimits.DEFAULT;

    public SimulatedHost(Fetcher fetcher, byte[] root) {
        this.fetcher = fetcher;
        trusted.put("root", root);
    }

    public SimulatedHost(ReleaseRepositorySimulator repository) {
        this(repository, repository.firstRoot());
    }

    public TufClient refresh() {
        TufClient client =
                new TufClient(
                        fetcher,
                        1,
                        ReleaseRepositorySimulator.METADATA,
                        ReleaseRepositorySimulator.TARGETS,
                        new TrustedFiles(),
                        limits);
        client.refresh(now);
        return client;
    }

    public Optional<Target> find(String path) {
        return refresh().find(path);
    }

    private final class TrustedFiles implements MetadataStore {
        @Override
        public Optional<byte[]> read(String role) {
            return Optional.ofNullable(trusted.get(role));
        }

        @Override
        public void write(String role, byte[] bytes) {
            trusted.put(role, bytes.clone());
        }
    }
}
