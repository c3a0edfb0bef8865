package dev.belay.versys.repository;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the next snapshot and timestamp of a state, signed by the keys that its root lists.
final class OnlineSigning {
    /// How long clients accept a snapshot. Renewed when half of it has passed.
    static final Duration SNAPSHOT_LIFE = Duration.ofDays(14);

    /// How long clients accept a timestamp: as long as an attacker can hide a new release, and as
    /// long as the server may be down before clients stop installing. Renewed when half has passed.
    static final Duration TIMESTAMP_LIFE = Duration.ofDays(3);

    /// No honest repository gets here: thirty years with a commit in each second.
    static final long LAST_HONEST_VERSION = 1_000_000_000;

    private final OnlineKeys keys;
    private final RepositoryFiles files;

    /// @param files asked which versions of the snapshot there are
    OnlineSigning(OnlineKeys keys, RepositoryFiles files) {
        this.keys = keys;
        this.files = files;
    }

    /// The files to add for a new snapshot and its timestamp, by file name.
    ///
    /// @param before the root that is published, if the keys that it lists are to sign too
    /// @throws BelayException `online-key-missing`, `versions-exhausted`
    Map<String, byte[]> next(PublishedState state, @Nullable RootMetadata before, Instant now) {
        Map<String, JsonValue> meta = new LinkedHashMap<>();
        state.targets()
                .forEach((role, file) ->
                        meta.put(
                                role + ".json",
                                Drafts.metaFile(file.signed().version(), file.bytes())));
        boolean recovering = recovering(state);
        long version =
                recovering
                        ? files.highestSnapshot(LAST_HONEST_VERSION) + 1
                        : after(state.snapshotVersion());
        byte[] snapshot =
                Drafts.sign(
                        Drafts.snapshot(version, now.plus(SNAPSHOT_LIFE), meta),
                        signers("snapshot", state, before));
        Map<String, byte[]> result = new LinkedHashMap<>();
        result.put(RepositoryFiles.name(version, "snapshot"), snapshot);
        result.put(
                RepositoryFiles.TIMESTAMP,
                timestamp(
                        recovering ? version : after(state.timestampVersion()),
                        version,
                        snapshot,
                        signers("timestamp", state, before),
                        now));
        return result;
    }

    /// Only a new timestamp, for the snapshot that is there.
    Map<String, byte[]> renewedTimestamp(PublishedState state, Instant now) {
        SignedFile<?> snapshot = Objects.requireNonNull(state.snapshot());
        byte[] timestamp =
                timestamp(
                        after(state.timestampVersion()),
                        state.snapshotVersion(),
                        snapshot.bytes(),
                        signers("timestamp", state, null),
                        now);
        return Map.of(RepositoryFiles.TIMESTAMP, timestamp);
    }

    private static byte[] timestamp(
            long version,
            long snapshotVersion,
            byte[] snapshot,
            List<SigningKey> signers,
            Instant now) {
        return Drafts.sign(
                Drafts.timestamp(version, now.plus(TIMESTAMP_LIFE), snapshotVersion, snapshot),
                signers);
    }

    private List<SigningKey> signers(
            String role, PublishedState state, @Nullable RootMetadata before) {
        Map<String, SigningKey> signers = new LinkedHashMap<>();
        keys.of(state.root().signed(), role).forEach(key -> signers.put(key.id(), key));
        if (before != null) {
            keys.heldOf(before, role).forEach(key -> signers.put(key.id(), key));
        }
        return List.copyOf(signers.values());
    }

    /// Whether a thief of the old keys has counted the versions up, and the new root takes them
    /// away: clients then forget what the old keys signed, and honest numbers are good again.
    private static boolean recovering(PublishedState state) {
        boolean countedUp =
                Math.max(state.timestampVersion(), state.snapshotVersion()) > LAST_HONEST_VERSION;
        return countedUp
                && (foreign("timestamp", state.timestamp(), state)
                        || foreign("snapshot", state.snapshot(), state));
    }

    private static boolean foreign(
            String role, @Nullable SignedFile<?> file, PublishedState state) {
        Set<String> listed =
                Set.copyOf(
                        Objects.requireNonNull(state.root().signed().roles().get(role)).keyIds());
        return file != null && file.signatures().keySet().stream().noneMatch(listed::contains);
    }

    private static long after(long version) {
        if (version == Long.MAX_VALUE) {
            throw new BelayException(
                    "versions-exhausted",
                    "The version "
                            + version
                            + " of snapshot or timestamp has no next one: whoever"
                            + " signed it has the online key. Nothing was changed.",
                    "Replace the online key: versys key rotate online (docs/trust.md).");
        }
        return version + 1;
    }
}
