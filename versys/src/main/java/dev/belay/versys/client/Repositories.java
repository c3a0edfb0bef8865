package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.trust.Freshness;
import dev.belay.versys.trust.TrustedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// Opens repositories for hosts.
public final class Repositories {
    private Repositories() {}

    /// Puts a first trusted root into an empty or new store.
    ///
    /// @param root the bytes of the vendor's `root.json`, from a source that the admin trusts
    /// @throws dev.belay.versys.metadata.MetadataException if it is no root that its own keys
    ///   signed
    /// @throws RefusedException `store-exists` if the store has a root already
    public static void trust(Path store, byte[] root) {
        TrustedMetadata.startingFrom(root, Freshness.NOT_ASKED);
        try {
            Files.createDirectories(store);
            try (DirectoryLock _ = DirectoryLock.acquire(store)) {
                if (Files.exists(store.resolve("root.json"))) {
                    throw new RefusedException(
                            "store-exists",
                            store + " trusts a root already. It was left as it is.",
                            "To trust another vendor, use another directory.");
                }
                Files.setPosixFilePermissions(store, DurableFiles.PRIVATE_DIRECTORY);
                new FileMetadataStore(store).write("root", root);
            }
        } catch (IOException e) {
            throw FileMetadataStore.unusable(store, e);
        }
    }

    /// A repository and what this host already trusts of it.
    ///
    /// @param store a directory with at least `root.json` in it
    public static TargetSource open(RepositoryLocation location, Path store, InstantSource clock) {
        return open(location, store, clock, TransferLimits.DEFAULT);
    }

    /// As above, with other patience.
    public static TargetSource open(
            RepositoryLocation location, Path store, InstantSource clock, TransferLimits limits) {
        return open(location, TrustStore.of(store), clock, limits);
    }

    /// As above, with a record beside the store of what was seen.
    public static TargetSource open(
            RepositoryLocation location,
            TrustStore store,
            InstantSource clock,
            TransferLimits limits) {
        TrustStore.Opened trusted = store.open();
        TufClient client =
                new TufClient(
                        fetcher(limits),
                        limits.attempts(),
                        location.metadataUri().toString(),
                        location.targetsUri().toString(),
                        trusted.metadata(),
                        ClientLimits.DEFAULT);
        return new TufRepository(client, store, trusted, clock);
    }

    /// A fetcher for `http`, `https` and `file` addresses.
    public static Fetcher fetcher(TransferLimits limits) {
        Fetcher http = new HttpFetcher(limits);
        Fetcher directory = new DirectoryFetcher();
        return (address, offset, maxBytes) -> {
            if (address.startsWith("file:")) {
                return directory.open(address, offset, maxBytes);
            }
            if (address.startsWith("http://") || address.startsWith("https://")) {
                return http.open(address, offset, maxBytes);
            }
            throw new FetchException("only http, https and file addresses are understood");
        };
    }
}
