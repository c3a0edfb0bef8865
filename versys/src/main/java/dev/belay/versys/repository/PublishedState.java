package dev.belay.versys.repository;

import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SnapshotMetadata;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.metadata.TimestampMetadata;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a repository says at one moment: the files that clients see, or would see after a commit.
///
/// @param root the newest root
/// @param timestamp null before the first commit
/// @param snapshot null before the first commit
/// @param targets `targets` and all delegated roles by name
record PublishedState(
        SignedFile<RootMetadata> root,
        @Nullable SignedFile<TimestampMetadata> timestamp,
        @Nullable SignedFile<SnapshotMetadata> snapshot,
        Map<String, SignedFile<TargetsMetadata>> targets) {
    PublishedState {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    Optional<SignedFile<TargetsMetadata>> role(String name) {
        return Optional.ofNullable(targets.get(name));
    }

    long timestampVersion() {
        return timestamp == null ? 0 : timestamp.signed().version();
    }

    long snapshotVersion() {
        return snapshot == null ? 0 : snapshot.signed().version();
    }
}
