package dev.belay.versys.publish;

import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.SignedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Makes the next snapshot and timestamp of a state, signed by the keys that its root lists.
final class OnlineSigning {
    /// How long clients accept a snapshot. Renewed when half of it has passed.
    static final Duration SNAPSHOT_LIFE = Duration.ofDays(14);

    /// How long clients accept a timestamp: as long as an attacker can hide a new release, and as
    /// long as the server may be down before clients stop installing. Renewed when half has passed.
    static final Duration TIMESTAMP_LIFE = Duration.ofDays(3);

    private final OnlineKeys keys;

    OnlineSigning(OnlineKeys keys) {
        this.keys = keys;
    }

    /// The files to add for a new snapshot and its timestamp, by file name.
    Map<String, byte[]> next(PublishedState state, Instant now) {
        Map<String, JsonValue> files = new LinkedHashMap<>();
        state.targets()
                .forEach((role, file) ->
                        files.put(
                                role + ".json",
                                Drafts.metaFile(file.signed().version(), file.bytes())));
        long version = state.snapshotVersion() + 1;
        byte[] snapshot =
                Drafts.sign(
                        Drafts.snapshot(version, now.plus(SNAPSHOT_LIFE), files),
                        keys.of(state.root().signed(), "snapshot"));
        Map<String, byte[]> result = new LinkedHashMap<>();
        result.put(RepositoryFiles.name(version, "snapshot"), snapshot);
        result.putAll(timestamp(state, version, snapshot, now));
        return result;
    }

    /// Only a new timestamp, for the snapshot that is there.
    Map<String, byte[]> renewedTimestamp(PublishedState state, Instant now) {
        SignedFile<?> snapshot = Objects.requireNonNull(state.snapshot());
        return timestamp(state, state.snapshotVersion(), snapshot.bytes(), now);
    }

    private Map<String, byte[]> timestamp(
            PublishedState state, long snapshotVersion, byte[] snapshot, Instant now) {
        byte[] signed =
                Drafts.sign(
                        Drafts.timestamp(
                                state.timestampVersion() + 1,
                                now.plus(TIMESTAMP_LIFE),
                                snapshotVersion,
                                snapshot),
                        keys.of(state.root().signed(), "timestamp"));
        return Map.of("timestamp.json", signed);
    }
}
