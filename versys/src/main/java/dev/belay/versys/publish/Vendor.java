package dev.belay.versys.publish;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.client.ClientLimits;
import dev.belay.versys.client.DirectoryLock;
import dev.belay.versys.client.MetadataStores;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.TransferLimits;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.signing.ChangeSigning;
import dev.belay.versys.signing.KeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A vendor's directory and the repository it publishes to: settings, keys, and the repository as
/// our own client sees it. A server that lies about the present state is found out here, before
/// anything is signed.
public final class Vendor {
    private final Path directory;
    private final VendorSettings settings;
    private final PublishEndpoint endpoint;
    private final InstantSource clock;
    private final boolean staging;

    /// @param directory with `versys.yaml`, `keys/` and `trusted/`
    public Vendor(
            Path directory,
            VendorSettings settings,
            PublishEndpoint endpoint,
            InstantSource clock) {
        this(directory, settings, endpoint, clock, false);
    }

    private Vendor(
            Path directory,
            VendorSettings settings,
            PublishEndpoint endpoint,
            InstantSource clock,
            boolean staging) {
        this.staging = staging;
        this.directory = directory;
        this.settings = settings;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /// The same vendor, who lets changes wait on the server and not in files.
    public Vendor staging(boolean wanted) {
        return new Vendor(directory, settings, endpoint, clock, wanted);
    }

    boolean isStaging() {
        return staging;
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

    /// Makes the directory of another product of this repository, with these keys. Where there is
    /// no server, it gets a copy of the online keys that are here: every publication needs them.
    ///
    /// @return the names of what was copied
    public List<String> moveTo(Path other, VendorSettings product, Collection<String> keyNames) {
        KeyStore keys = new KeyStore(other.resolve("keys"));
        keys().moveTo(keys, keyNames);
        List<String> online = onlineKeys();
        keys().copyTo(keys, online);
        try {
            DurableFiles.write(
                    other.resolve("root.json"), Files.readAllBytes(directory.resolve("root.json")));
            product.seenFrom(directory).write(other);
        } catch (IOException e) {
            throw VendorSettings.unusable(other, e);
        }
        return online;
    }

    private List<String> onlineKeys() {
        return endpoint.renewsItself()
                ? List.of()
                : keys().publicKeys().keySet().stream()
                        .filter(name -> name.matches("online([.][0-9]+)?"))
                        .filter(name -> Files.exists(directory.resolve("keys/" + name + ".pem")))
                        .toList();
    }

    /// Whether a directory is a vendor's already.
    public static boolean isVendors(Path directory) {
        return Files.exists(directory.resolve(VendorSettings.FILE));
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
        return client(client -> client.refresh(clock.instant()));
    }

    /// As above for changes of who may sign what, which must be possible when something has
    /// expired; for a new root also when nothing but the roots verifies.
    ///
    /// @param roles what is to be signed
    TufClient forRepair(Set<String> roles) {
        if (roles.equals(Set.of("root"))) {
            return client(TufClient::refreshRoot);
        }
        endpoint.renew();
        return refreshedThoughExpired();
    }

    /// The repository as it is now, verified but for expiry: to look at it and to repair it.
    TufClient refreshedThoughExpired() {
        try {
            return refreshed();
        } catch (MetadataException e) {
            if (e.expiry().isEmpty()) {
                throw e;
            }
            return client(TufClient::refreshThoughExpired);
        }
    }

    private TufClient client(Consumer<TufClient> refresh) {
        trustFirstRoot();
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
            refresh.accept(client);
        }
        return client;
    }

    /// The repository as it is now, after renewing what is due where nobody else does that.
    TufClient forEditing() {
        endpoint.renew();
        return refreshed();
    }

    /// A directory that a colleague passed on, without what belongs to one machine, begins here.
    private void trustFirstRoot() {
        if (Files.exists(trusted().resolve("root.json"))) {
            return;
        }
        try {
            Files.createDirectories(trusted());
            try (DirectoryLock _ = DirectoryLock.acquire(trusted())) {
                if (!Files.exists(trusted().resolve("root.json"))) {
                    Repositories.trust(
                            trusted(), Files.readAllBytes(directory.resolve("root.json")));
                }
            }
        } catch (IOException e) {
            throw VendorSettings.unusable(directory.resolve("root.json"), e);
        }
    }

    /// The newest file of a role that `targets` delegates to.
    ///
    /// @throws dev.belay.packaging.failure.RefusedException `unknown-role`
    static SignedFile<TargetsMetadata> role(TufClient client, String role) {
        return client.delegatedRole(role)
                .map(SignedFile::targets)
                .orElseThrow(() -> ChangeSigning.unknown(role));
    }

    /// Keeps a new root for hosts that are set up from now on.
    void keepRoot(SignedFile<?> root) {
        try {
            DurableFiles.write(directory.resolve("root.json"), root.bytes());
        } catch (IOException e) {
            throw VendorSettings.unusable(directory, e);
        }
    }

    /// Where changes wait that are not signed by enough people yet.
    public Path pending() {
        return directory.resolve("pending");
    }
}
