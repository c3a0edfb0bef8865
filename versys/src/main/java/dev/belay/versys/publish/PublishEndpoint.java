package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.Change;
import java.nio.file.Path;
import java.util.Map;

/// Where a vendor publishes to: an update server, or a directory that any web server can serve.
/// Every call either takes effect as a whole or not at all, and may be repeated.
public interface PublishEndpoint {
    /// Where its clients read.
    RepositoryLocation location();

    /// The public key that is to sign snapshot and timestamp there: the newest.
    TufKey onlineKey();

    /// Makes a new key for snapshot and timestamp there. Nothing is signed with it before a root
    /// lists it; `onlineKey` names it from now on.
    TufKey makeOnlineKey();

    /// Publishes the first files of a repository, or new versions of root and targets.
    void commitRepository(Map<String, byte[]> metadata);

    /// Brings the bytes of a target there.
    ///
    /// @return false if they were there already
    boolean stage(String product, Digest digest, Path file);

    /// Publishes roles of one product.
    ///
    /// @return the snapshot version that clients see now
    /// @throws PublicationConflictException `metadata-conflict` or `release-exists`
    long commit(String product, Map<String, byte[]> metadata);

    /// Renews snapshot and timestamp if that is due and nobody else does it.
    ///
    /// @return whether anything was signed
    boolean renew();

    /// Whether snapshot and timestamp are renewed there without the vendor.
    boolean renewsItself();

    /// Whether a change that has all its signatures can be published from here.
    boolean publishesFromHere();

    /// Changes that wait there for signatures, by name; what they hold is not to be trusted. Empty
    /// where there is no such place, or none for whoever asks.
    Map<String, Change> stagedChanges(String product);

    /// Puts a change there, or adds its signatures to the one that waits.
    ///
    /// @throws PublicationConflictException `metadata-conflict`, `change-conflict`
    /// @throws dev.belay.packaging.failure.RefusedException `no-staging-area`
    void stageChange(String product, Change change);

    /// The hosts of a channel that report there; none where nobody listens to hosts.
    ReportingHosts hosts(String product, String channel);

    /// Takes a change away.
    ///
    /// @return false if there is none of that name
    boolean unstageChange(String product, String name);
}
