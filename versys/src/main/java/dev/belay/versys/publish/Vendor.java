package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.ClientLimits;
import dev.belay.versys.client.DirectoryLock;
import dev.belay.versys.client.MetadataStores;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.TransferLimits;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.RoleKeys;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.TargetsMetadata;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A vendor's directory and the repository it publishes to: settings, keys, and the repository as
/// our own client sees it. A server that lies about the present state is found out here, before
/// anything is signed.
public final class Vendor {
    private final Path directory;
    private final VendorSettings settings;
    private final PublishEndpoint endpoint;
    private final InstantSource clock;

    /// @param directory with `versys.yaml`, `keys/` and `trusted/`
    public Vendor(
            Path directory,
            VendorSettings settings,
            PublishEndpoint endpoint,
            InstantSource clock) {
        this.directory = directory;
        this.settings = settings;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /// What is in `versys.yaml`.
    public VendorSettings settings() {
        return settings;
    }

    /// Where it publishes.
    public PublishEndpoint endpoint() {
        return endpoint;
    }

    /// The keys that are here.
    public KeyStore keys() {
        return new KeyStore(directory.resolve("keys"));
    }

    InstantSource clock() {
        return clock;
    }

    Path trusted() {
        return directory.resolve("trusted");
    }

    /// The repository as it is now, verified.
    ///
    /// @throws dev.belay.packaging.failure.UntrustedException if it does not verify
    TufClient refreshed() {
        TransferLimits limits = TransferLimits.DEFAULT;
        TufClient client =
                new TufClient(
                        Repositories.fetcher(limits),
                        limits.attempts(),
                        endpoint.location().metadataUri().toString(),
                        endpoint.location().targetsUri().toString(),
                        MetadataStores.inDirectory(trusted()),
                        ClientLimits.DEFAULT);
        try (DirectoryLock _ = DirectoryLock.acquire(trusted())) {
            client.refresh(clock.instant());
        }
        return client;
    }

    /// The newest file of a role that `targets` delegates to.
    ///
    /// @throws RefusedException `unknown-role`
    static SignedFile<TargetsMetadata> role(TufClient client, String role) {
        return client.delegatedRole(role).map(SignedFile::targets).orElseThrow(() -> unknown(role));
    }

    /// Opens the keys here that may sign a role of `targets`.
    ///
    /// @throws RefusedException `keys-missing` if there are too few of them here
    List<SigningKey> keysFor(TufClient client, String role, PassphraseSource passphrases) {
        RoleKeys wanted =
                client.delegations()
                        .flatMap(all -> all.signerOf("targets", role))
                        .orElseThrow(() -> unknown(role))
                        .role();
        List<SigningKey> keys = keys().open(wanted.keyIds(), passphrases);
        if (keys.size() < wanted.threshold()) {
            throw new RefusedException(
                    "keys-missing",
                    role
                            + " needs "
                            + wanted.threshold()
                            + " of its keys, and "
                            + keys.size()
                            + " are here. Nothing was published.",
                    "Ask the holders of the other keys to sign too.");
        }
        return keys.subList(0, wanted.threshold());
    }

    private static RefusedException unknown(String role) {
        return new RefusedException(
                "unknown-role",
                "The repository delegates nothing to " + role + ".",
                "Check the names of product and channel.");
    }
}
