package dev.belay.versys.repository;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.MetaFile;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SnapshotMetadata;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.metadata.TimestampMetadata;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files of a repository with consistent snapshots. What `timestamp.json` names, directly or by
/// way of the snapshot, is published; anything else in the directory is left from a commit that was
/// cut short, and may be overwritten.
final class RepositoryFiles {
    static final String TIMESTAMP = "timestamp.json";
    private static final String COMPLETE = "complete";

    private final Path metadata;
    private final Path unfinished;

    /// @param repository holds `metadata/`; `unfinished/` beside it while a commit is under way
    ///   that must not be left half done
    RepositoryFiles(Path repository) {
        this.metadata = repository.resolve("metadata");
        this.unfinished = repository.resolve("unfinished");
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
            Path timestampFile = metadata.resolve(TIMESTAMP);
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

    /// Writes new files in this order.
    ///
    /// @param files bytes by file name
    void write(Map<String, byte[]> files) {
        try {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                DurableFiles.write(metadata.resolve(entry.getKey()), entry.getValue());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Writes new files of which clients must not see a part for long: what a kill leaves undone,
    /// `finish` completes.
    void writeWhole(Map<String, byte[]> files) {
        try {
            DurableFiles.deleteTree(unfinished);
            DurableFiles.createDirectories(unfinished, DurableFiles.READABLE_DIRECTORY);
            int number = 100;
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                Path file = unfinished.resolve(number++ + "-" + entry.getKey());
                DurableFiles.write(file, entry.getValue());
            }
            DurableFiles.write(unfinished.resolve(COMPLETE), new byte[0]);
        } catch (IOException e) {
            throw failed(e);
        }
        finish();
    }

    /// Completes what `writeWhole` has begun, if anything. Call it with the directory's lock.
    void finish() {
        if (!Files.exists(unfinished)) {
            return;
        }
        try {
            if (Files.exists(unfinished.resolve(COMPLETE))) {
                Map<String, byte[]> files = new TreeMap<>();
                try (DirectoryStream<Path> all = Files.newDirectoryStream(unfinished, "*-*.json")) {
                    for (Path file : all) {
                        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
                    }
                }
                Map<String, byte[]> named = new LinkedHashMap<>();
                files.forEach(
                        (name, bytes) -> named.put(name.substring(name.indexOf('-') + 1), bytes));
                write(named);
                DurableFiles.delete(unfinished.resolve(COMPLETE));
            }
            DurableFiles.deleteTree(unfinished);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// The highest version up to that limit of which there is a snapshot, published or not.
    long highestSnapshot(long limit) {
        long highest = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(metadata, "*.snapshot.json")) {
            for (Path file : all) {
                String number = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
                if (number.matches("[1-9][0-9]{0,17}") && Long.parseLong(number) <= limit) {
                    highest = Math.max(highest, Long.parseLong(number));
                }
            }
            return highest;
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
