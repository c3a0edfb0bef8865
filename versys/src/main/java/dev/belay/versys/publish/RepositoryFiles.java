package dev.belay.versys.publish;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.MetaFile;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SnapshotMetadata;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.metadata.TimestampMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The files of a repository with consistent snapshots. What `timestamp.json` names, directly or by
/// way of the snapshot, is published; anything else in the directory is left from a commit that was
/// cut short, and may be overwritten.
final class RepositoryFiles {
    private final Path metadata;

    RepositoryFiles(Path metadata) {
        this.metadata = metadata;
    }

    Path directory() {
        return metadata;
    }

    /// Empty before the first commit.
    Optional<PublishedState> read() {
        try {
            long rootVersion = 0;
            while (Files.exists(file(rootVersion + 1, "root"))) {
                rootVersion++;
            }
            Path timestampFile = metadata.resolve("timestamp.json");
            if (rootVersion == 0 || !Files.exists(timestampFile)) {
                return Optional.empty();
            }
            SignedFile<TimestampMetadata> timestamp =
                    SignedFile.timestamp(Files.readAllBytes(timestampFile));
            SignedFile<SnapshotMetadata> snapshot =
                    SignedFile.snapshot(bytes(timestamp.signed().snapshot().version(), "snapshot"));
            Map<String, SignedFile<TargetsMetadata>> targets = new LinkedHashMap<>();
            for (Map.Entry<String, MetaFile> entry : snapshot.signed().files().entrySet()) {
                String role = entry.getKey().replaceFirst("\\.json$", "");
                targets.put(role, SignedFile.targets(bytes(entry.getValue().version(), role)));
            }
            return Optional.of(
                    new PublishedState(
                            SignedFile.root(bytes(rootVersion, "root")),
                            timestamp,
                            snapshot,
                            targets));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// The first root, from which the oldest clients start.
    byte[] firstRoot() {
        try {
            return bytes(1, "root");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// A published file by its name, for the publisher's own check.
    Optional<byte[]> named(String name) throws IOException {
        Path file = metadata.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /// Writes new files, `timestamp.json` last: until then clients see the old state.
    ///
    /// @param files bytes by file name, in the order in which they are written
    void write(Map<String, byte[]> files) {
        try {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                if (!entry.getKey().equals("timestamp.json")) {
                    DurableFiles.write(metadata.resolve(entry.getKey()), entry.getValue());
                }
            }
            byte[] timestamp = files.get("timestamp.json");
            if (timestamp != null) {
                DurableFiles.write(metadata.resolve("timestamp.json"), timestamp);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static String name(long version, String role) {
        return version + "." + role + ".json";
    }

    private Path file(long version, String role) {
        return metadata.resolve(name(version, role));
    }

    private byte[] bytes(long version, String role) throws IOException {
        return Files.readAllBytes(file(version, role));
    }

    static BelayException failed(IOException cause) {
        return new BelayException(
                "repository-unusable",
                "The repository's files cannot be read or written: " + cause.getMessage() + ".",
                "Check disk and permissions. Clients still see what was published before.",
                cause);
    }
}
