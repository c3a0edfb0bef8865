package dev.belay.versys.trust;

import dev.belay.versys.metadata.MetaFile;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.Signer;
import dev.belay.versys.metadata.SnapshotMetadata;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.metadata.TimestampMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The metadata trusted in one run of the client workflow (TUF 1.0 §5). Takes bytes, and either
/// takes them over or throws [MetadataException] and stays as it was. Loads nothing, keeps nothing.
///
/// The order is that of the specification: roots, `recall`, timestamp, snapshot, targets roles from
/// the top down; any other order is an `IllegalStateException`. "Recalled" metadata are those kept
/// by an earlier run. They count only if the current root's keys still verify them, and that alone
/// is what makes recovery from a fast-forward attack work: after a rotation of keys they do not.
///
/// Not thread-safe.
public final class TrustedMetadata {
    /// What comes next. Nothing can be left out.
    private enum Step {
        ROOT,
        TIMESTAMP,
        SNAPSHOT,
        TARGETS
    }

    private final Freshness freshness;
    private Step step = Step.ROOT;
    private SignedFile<RootMetadata> root;
    private @Nullable SignedFile<TimestampMetadata> timestamp;

    /// Whether the recalled timestamp's word on the snapshot counts, too.
    private boolean snapshotVersionCounts = true;

    private @Nullable SignedFile<SnapshotMetadata> recalledSnapshot;
    private @Nullable SignedFile<SnapshotMetadata> snapshot;
    private final Map<String, SignedFile<TargetsMetadata>> targets = new HashMap<>();

    private TrustedMetadata(SignedFile<RootMetadata> root, Freshness freshness) {
        this.root = root;
        this.freshness = freshness;
    }

    /// Starts from a root that was trusted before. Its own signatures are checked, its expiry is
    /// not: a newer root may follow.
    ///
    /// @param freshness what is demanded of all expiry
    public static TrustedMetadata startingFrom(byte[] trustedRoot, Freshness freshness) {
        SignedFile<RootMetadata> root = SignedFile.root(trustedRoot);
        root.signed().signerOf("root").verify("root", root);
        return new TrustedMetadata(root, freshness);
    }

    /// The newest trusted root.
    public RootMetadata root() {
        return root.signed();
    }

    /// Takes the next root: signed by the keys of this one and by its own, one version higher
    /// (§5.3).
    public void updateRoot(byte[] bytes) {
        requireStep(step == Step.ROOT, "roots come first");
        SignedFile<RootMetadata> next = SignedFile.root(bytes);
        root.signed().signerOf("root").verify("root " + next.signed().version(), next);
        next.signed().signerOf("root").verify("root " + next.signed().version(), next);
        if (next.signed().version() != root.signed().version() + 1) {
            throw MetadataException.rollback(
                    "root", root.signed().version(), next.signed().version());
        }
        requireSameRepository(next.signed());
        root = next;
    }

    private static void requireStep(boolean right, String order) {
        if (!right) {
            throw new IllegalStateException(order);
        }
    }

    /// After the last root, which must not have expired (§5.3.10): recalls what an earlier run
    /// kept, for protection against rollback and to save downloads.
    ///
    /// If timestamp or snapshot were signed by keys that the root no longer lists, neither counts
    /// (§5.3.11). One exception: a run that was killed may have kept a timestamp after the
    /// snapshot's key was rotated, and not the snapshot that it names. That timestamp must not go
    /// back; but what it says of a snapshot that nobody has verified is not held against the next
    /// one.
    public void recall(Optional<byte[]> keptTimestamp, Optional<byte[]> keptSnapshot) {
        requireStep(step == Step.ROOT, "what was kept is recalled once, after the roots");
        freshness.require("root", root.signed().expires());
        step = Step.TIMESTAMP;
        Recalled<TimestampMetadata> oldTimestamp =
                Recalled.of(keptTimestamp, SignedFile::timestamp, signer("timestamp"));
        Recalled<SnapshotMetadata> oldSnapshot =
                Recalled.of(keptSnapshot, SignedFile::snapshot, signer("snapshot"));
        if (oldTimestamp.rotated() != null) {
            return;
        }
        if (oldSnapshot.rotated() == null) {
            timestamp = oldTimestamp.file();
            recalledSnapshot = oldSnapshot.file();
        } else if (oldTimestamp.file() != null
                && oldTimestamp.file().signed().snapshot().version()
                        != oldSnapshot.rotated().signed().version()) {
            timestamp = oldTimestamp.file();
            snapshotVersionCounts = false;
        }
    }

    /// Takes a timestamp (§5.4).
    ///
    /// @return false if it has the version of the recalled one, which then stays
    public boolean updateTimestamp(byte[] bytes) {
        requireStep(
                step == Step.TIMESTAMP || step == Step.SNAPSHOT,
                "the timestamp comes after what was kept, before the snapshot");
        SignedFile<TimestampMetadata> next = SignedFile.timestamp(bytes);
        signer("timestamp").verify("timestamp", next);
        if (timestamp != null) {
            TimestampMetadata old = timestamp.signed();
            requireNotOlder("timestamp", old.version(), next.signed().version());
            if (next.signed().version() == old.version()) {
                requireShort("timestamp", old);
                step = Step.SNAPSHOT;
                return false;
            }
            if (snapshotVersionCounts) {
                requireNotOlder(
                        "snapshot in timestamp",
                        old.snapshot().version(),
                        next.signed().snapshot().version());
            }
        }
        requireShort("timestamp", next.signed());
        timestamp = next;
        step = Step.SNAPSHOT;
        return true;
    }

    /// What the timestamp says of the snapshot.
    public MetaFile snapshotFile() {
        return timestamp().snapshot();
    }

    /// Takes a snapshot (§5.5), kept or fetched: it must be the one that the timestamp names.
    public void updateSnapshot(byte[] bytes) {
        requireStep(step == Step.SNAPSHOT, "the snapshot comes once, after the timestamp");
        snapshotFile().verify("snapshot", bytes);
        SignedFile<SnapshotMetadata> next = SignedFile.snapshot(bytes);
        signer("snapshot").verify("snapshot", next);
        requireVersion("snapshot", snapshotFile().version(), next.signed().version());
        if (recalledSnapshot != null) {
            requireNotOlder(
                    "snapshot", recalledSnapshot.signed().version(), next.signed().version());
            recalledSnapshot
                    .signed()
                    .files()
                    .forEach((name, old) -> requireStillListed(name, old, next.signed()));
        }
        requireShort("snapshot", next.signed());
        snapshot = next;
        step = Step.TARGETS;
    }

    private static void requireStillListed(String name, MetaFile old, SnapshotMetadata next) {
        @Nullable MetaFile listed = next.files().get(name);
        if (listed == null) {
            throw MetadataException.missing(name + " is gone from snapshot");
        }
        requireNotOlder(name + " in snapshot", old.version(), listed.version());
    }

    /// What the snapshot says of a targets role.
    ///
    /// @throws MetadataException `metadata-missing` if the snapshot does not list it
    public MetaFile fileOf(String role) {
        return trustedSnapshot()
                .fileOf(role)
                .orElseThrow(
                        () -> MetadataException.missing("snapshot does not list role " + role));
    }

    /// Takes a targets role (§5.6): signed for `delegator`, and the file that the snapshot names.
    ///
    /// @param delegator `root` for the top-level role, else a role taken before
    public TargetsMetadata updateTargets(String role, String delegator, byte[] bytes) {
        MetaFile file = fileOf(role);
        file.verify(role, bytes);
        SignedFile<TargetsMetadata> next = SignedFile.targets(bytes);
        signerFor(role, delegator).verify(role, next);
        requireVersion(role, file.version(), next.signed().version());
        if (delegator.equals("root")) {
            requireSameRepository(next.signed());
        }
        freshness.require(role, next.signed().expires());
        targets.put(role, next);
        return next.signed();
    }

    /// A role taken before in this run, if it is signed for this delegator too.
    ///
    /// @throws MetadataException `metadata-unsigned` if it was taken, but not for this delegator
    public Optional<TargetsMetadata> targets(String role, String delegator) {
        @Nullable SignedFile<TargetsMetadata> taken = targets.get(role);
        if (taken == null) {
            return Optional.empty();
        }
        signerFor(role, delegator).verify(role, taken);
        return Optional.of(taken.signed());
    }

    /// The trusted timestamp.
    public TimestampMetadata timestamp() {
        requireStep(
                timestamp != null && step.compareTo(Step.SNAPSHOT) >= 0, "timestamp comes first");
        return Objects.requireNonNull(timestamp).signed();
    }

    /// The trusted snapshot.
    public SnapshotMetadata snapshot() {
        return trustedSnapshot();
    }

    private SnapshotMetadata trustedSnapshot() {
        requireStep(step == Step.TARGETS, "the snapshot comes before targets roles");
        return Objects.requireNonNull(snapshot).signed();
    }

    /// The version of the trusted snapshot.
    public long snapshotVersion() {
        return trustedSnapshot().version();
    }

    private Signer signer(String role) {
        return root().signerOf(role);
    }

    private Signer signerFor(String role, String delegator) {
        if (delegator.equals("root")) {
            return signer(role);
        }
        SignedFile<TargetsMetadata> parent = targets.get(delegator);
        requireStep(parent != null, "the delegator comes first");
        return Objects.requireNonNull(parent)
                .signed()
                .delegations()
                .flatMap(delegations -> delegations.signerOf(delegator, role))
                .orElseThrow(() ->
                        MetadataException.missing(delegator + " does not delegate to " + role));
    }

    /// Metadata of another repository that is signed by the same keys must not pass. Only
    /// repositories that name themselves are held to their name.
    private void requireSameRepository(RoleMetadata next) {
        Optional<String> name = root.signed().common().repository();
        if (name.isPresent() && !name.equals(next.common().repository())) {
            throw new MetadataException(
                    "repository-mismatch",
                    "The metadata belongs to repository "
                            + next.common().repository().orElse("(unnamed)")
                            + ", not to "
                            + name.get()
                            + ".",
                    "Nothing was changed. Check the repository's address, or tell the vendor.");
        }
    }

    private void requireShort(String role, RoleMetadata metadata) {
        freshness.requireShort(role, metadata.expires());
    }

    private static void requireVersion(String what, long wanted, long offered) {
        if (wanted != offered) {
            throw MetadataException.mismatch(
                    what + " has version " + offered + ", not the signed " + wanted);
        }
    }

    private static void requireNotOlder(String what, long trusted, long offered) {
        if (offered < trusted) {
            throw MetadataException.rollback(what, trusted, offered);
        }
    }
}
