package dev.belay.versys.client;

import dev.belay.packaging.archive.EntryNames;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TargetSource.TransferListener;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.trust.Freshness;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The TUF client over any source and any store: what [TufRepository], the conformance command and
/// the publisher's own check share. One instance serves one run, on one thread.
public final class TufClient {
    private final MetadataUpdater updater;
    private final Transfers transfers;
    private final String targetsBase;
    private final Optional<Duration> onlineLife;

    /// @param attempts how often a failed transfer is started, at least 1
    /// @param metadataBase an address, with or without a trailing slash
    /// @param targetsBase an address, with or without a trailing slash
    public TufClient(
            Fetcher fetcher,
            int attempts,
            String metadataBase,
            String targetsBase,
            MetadataStore store,
            ClientLimits limits) {
        this.transfers =
                new Transfers(fetcher, attempts, Thread::sleep, RandomGenerator.getDefault());
        this.targetsBase = targetsBase;
        this.onlineLife = limits.onlineLife();
        this.updater = new MetadataUpdater(transfers, metadataBase, store, limits);
    }

    /// Runs the top-level workflow of TUF 1.0 §5.3 to §5.6.
    ///
    /// @param now the moment at which expiry is judged
    /// @throws dev.belay.versys.metadata.MetadataException if anything does not verify
    /// @throws BelayException `network-unreachable`
    public void refresh(Instant now) {
        refresh(now, Duration.ZERO);
    }

    /// As above, taking what expired at most so long ago.
    public void refresh(Instant now, Duration staleness) {
        updater.refresh(new Freshness.At(now, staleness, onlineLife));
    }

    /// As above, but for expiry: to look at a repository and to repair it, never to install.
    public void refreshThoughExpired() {
        updater.refresh(Freshness.NOT_ASKED);
    }

    /// Follows the chain of roots and stops there, also if the last one has expired: for whoever is
    /// to sign the next one. Of the rest, only `root` can be asked afterwards.
    public void refreshRoot() {
        updater.refreshRoot();
    }

    /// The target of that path, if a trusted role signs it.
    ///
    /// @throws UntrustedException `target-name` if the path would leave its place
    public Optional<Target> find(String path) {
        if (List.of(path.split("/", -1)).contains("..")) {
            throw new UntrustedException(
                    "target-name",
                    "A target may not be called " + EntryNames.printable(path) + ".",
                    "Nothing was fetched. Tell the vendor of this repository.");
        }
        return updater.find(path).map(file -> new Target(path, file.length(), file.digests()));
    }

    /// Looks at its beginning, unverified; see [TargetSource#peek].
    public <T> T peek(Target target, TargetSource.Look<T> look) {
        String address = address(target);
        return transfers.run(
                address,
                from -> {
                    Fetcher.Arriving arriving =
                            from.open(address, 0, target.length())
                                    .orElseThrow(() -> missing(target, address));
                    try (InputStream body = arriving.body()) {
                        return look.at(body);
                    }
                });
    }

    /// Brings a target to a file; see [TargetSource#download].
    public void download(Target target, Path file, TransferListener listener) {
        new TargetDownload(transfers, address(target), target, file, listener).run();
    }

    /// As `download`, but leaves nothing beside the file when it fails.
    public void downloadOrNothing(Target target, Path file) {
        TargetDownload download =
                new TargetDownload(transfers, address(target), target, file, (done, total) -> {});
        try {
            download.run();
        } catch (BelayException e) {
            download.discardPart();
            throw e;
        }
    }

    /// Reads a small target into memory; see [TargetSource#read].
    public byte[] read(Target target, long maxBytes) {
        if (target.length() > maxBytes) {
            throw new UntrustedException(
                    "target-too-large",
                    target.path()
                            + " has "
                            + target.length()
                            + " bytes, more than "
                            + maxBytes
                            + ".",
                    "Nothing was fetched. Tell the vendor of this repository.");
        }
        byte[] bytes =
                transfers
                        .bytes(address(target), target.length())
                        .orElseThrow(() -> missing(target, address(target)));
        boolean right =
                bytes.length == target.length()
                        && target.digests().stream().allMatch(digest -> matches(digest, bytes));
        if (!right && WebPage.is(bytes)) {
            throw WebPage.insteadOf(address(target));
        }
        if (!right) {
            throw new UntrustedException(
                    "target-mismatch",
                    "What arrived as "
                            + target.path()
                            + " from "
                            + address(target)
                            + " is not what was signed.",
                    "Nothing was changed. Try again; if it stays, tell the vendor.");
        }
        return bytes;
    }

    /// The file of a role that the top-level targets role delegates to by name, verified.
    public Optional<byte[]> delegatedRole(String role) {
        return updater.delegatedRole(role);
    }

    /// The newest trusted root.
    public RootMetadata root() {
        return updater.root();
    }

    /// The trusted file of the top-level targets role.
    public SignedFile<TargetsMetadata> targets() {
        return updater.targetsFile();
    }

    /// All trusted metadata by role: the top-level roles and those that `targets` delegates to by
    /// name.
    public Map<String, RoleMetadata> roles() {
        return updater.roles();
    }

    /// The version of the trusted snapshot.
    public long snapshotVersion() {
        return updater.snapshotVersion();
    }

    private static boolean matches(Digest digest, byte[] bytes) {
        return Digest.of(digest.algorithm(), digest.algorithm().newDigest().digest(bytes))
                .equals(digest);
    }

    static BelayException missing(Target target, String address) {
        return new BelayException(
                "target-missing",
                "The repository signs "
                        + target.path()
                        + " but does not have it at "
                        + address
                        + ".",
                "Try again later; if it stays, tell the vendor. Nothing was changed.");
    }

    private String address(Target target) {
        return SafeNames.join(targetsBase, fileName(target));
    }

    /// The name below the base address. With consistent snapshots the digest goes before the last
    /// part of the path.
    String fileName(Target target) {
        String path = SafeNames.encodedTargetPath(target.path());
        if (!updater.consistentSnapshot()) {
            return path;
        }
        int name = path.lastIndexOf('/') + 1;
        String digest = target.digests().getFirst().hex();
        return path.substring(0, name) + digest + "." + path.substring(name);
    }
}
