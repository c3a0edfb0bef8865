package dev.belay.versys.repository;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.signing.Change;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/// The writing side of one TUF repository on disk: `metadata/`, `targets/` and the blobs staged for
/// it. Holds the online keys (snapshot and timestamp) and no other.
///
/// Nothing becomes visible to clients before our own client has accepted the whole of it, starting
/// from the newest and from the first root; `timestamp.json` is replaced last. A kill at any moment
/// leaves a repository that clients accept. Thread-safe; two processes on one directory exclude
/// each other by a file lock.
///
/// Opened by `FileRepositoryWriter.open(directory, clock)`.
public interface RepositoryWriter {
    /// What a commit did.
    ///
    /// @param snapshotVersion the version of `snapshot.json` that hosts now see
    /// @param changed false when everything was there already, byte for byte
    record Commit(long snapshotVersion, boolean changed) {}

    /// Whether a first root has been committed.
    boolean initialised();

    /// Whether any online key is here, without which nothing can be committed.
    boolean hasOnlineKey();

    /// The newest public online key as a TUF key object (canonical JSON, UTF-8): what the vendor
    /// puts into the root for snapshot and timestamp.
    byte[] onlineKey();

    /// Makes one more online key, which from now on is the newest. Nothing is signed with it before
    /// a root lists it.
    ///
    /// @return the public key as a TUF key object
    byte[] makeOnlineKey();

    /// Takes the signed files of a new repository: `root` (version 1), `targets` and the delegated
    /// roles, by role name.
    ///
    /// @throws PublicationConflictException `repository-exists` if there is one already
    /// @throws dev.belay.packaging.failure.UntrustedException if any of it does not verify
    Commit initialise(Map<String, byte[]> metadata);

    /// Commits new versions of any roles: new roots, `targets`, delegated roles. For the vendor's
    /// administrator.
    ///
    /// @throws PublicationConflictException `metadata-conflict`, `release-exists`
    /// @throws dev.belay.packaging.failure.UntrustedException if any of it does not verify
    Commit commit(Map<String, byte[]> metadata);

    /// As `commit`, but only for the roles of one product: `<product>-releases` and
    /// `<product>-channel-<channel>`.
    ///
    /// @throws dev.belay.packaging.failure.RefusedException `role-not-allowed` for any other role
    Commit commit(String product, Map<String, byte[]> metadata);

    /// Checks a change that is to wait for signatures: that it touches this product's roles, root
    /// or targets, follows what is published, shows the very documents that it signs, and carries
    /// good signatures only, at least one. The blobs that it names must be there and are kept for
    /// thirty days.
    ///
    /// @throws PublicationConflictException `metadata-conflict`
    /// @throws dev.belay.packaging.failure.RefusedException `role-not-allowed`, `change-invalid`
    /// @throws dev.belay.packaging.failure.UntrustedException if a signature is not good
    void requireStageable(String product, Change change);

    /// Stages the bytes of a target, to be named by metadata later.
    ///
    /// @param expected the digest that the bytes must have
    /// @param maxBytes refuse more
    /// @return false if the blob was there already (the body is then not read)
    /// @throws dev.belay.packaging.failure.RefusedException `digest-mismatch` or `too-large`;
    ///   nothing is left behind
    boolean stage(Digest expected, InputStream body, long maxBytes);

    /// Signs snapshot and timestamp anew when less than half of their life is left, and forgets
    /// blobs that nobody has named for a week. Call it every hour or so.
    ///
    /// @return whether anything was signed
    boolean renewIfDue();

    /// The snapshot version that hosts see, 0 before the first commit.
    long currentSnapshotVersion();

    /// The directory with the metadata files, to be served as it is.
    Path metadataDirectory();

    /// The directory with the targets, to be served as it is.
    Path targetsDirectory();
}
