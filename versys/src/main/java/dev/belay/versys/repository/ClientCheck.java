package dev.belay.versys.repository;

import dev.belay.versys.client.ClientLimits;
import dev.belay.versys.client.Fetcher;
import dev.belay.versys.client.MetadataStores;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.TargetFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Runs our own client over files that are not published yet, laid over those that are.
final class ClientCheck {
    private static final String BASE = "staged:metadata/";

    private final RepositoryFiles published;
    private final Map<String, byte[]> staged;

    ClientCheck(RepositoryFiles published, Map<String, byte[]> staged) {
        this.published = published;
        this.staged = staged;
    }

    /// Refreshes as a client that already trusts these files, and finds these targets.
    ///
    /// @param trusted bytes by role, at least a root
    /// @throws MetadataException as a client would
    void run(Map<String, byte[]> trusted, Map<String, TargetFile> targets, Instant now) {
        TufClient client =
                new TufClient(
                        fetcher(),
                        1,
                        BASE,
                        "staged:targets/",
                        MetadataStores.inMemory(trusted),
                        ClientLimits.DEFAULT);
        client.refresh(now);
        for (Map.Entry<String, TargetFile> entry : targets.entrySet()) {
            Target found =
                    client.find(entry.getKey())
                            .orElseThrow(() ->
                                    MetadataException.missing(
                                            "clients would not find " + entry.getKey()));
            TargetFile wanted = entry.getValue();
            if (found.length() != wanted.length() || !found.digests().equals(wanted.digests())) {
                throw MetadataException.mismatch(
                        "Clients would find other bytes for " + entry.getKey());
            }
        }
    }

    private Fetcher fetcher() {
        return (address, _, _) ->
                bytes(address.substring(BASE.length()))
                        .map(bytes -> new Fetcher.Arriving(0, new ByteArrayInputStream(bytes)));
    }

    private Optional<byte[]> bytes(String name) throws IOException {
        byte[] bytes = staged.get(name);
        return bytes == null ? published.named(name) : Optional.of(bytes);
    }
}
