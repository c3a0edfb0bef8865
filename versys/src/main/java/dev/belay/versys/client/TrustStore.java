package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a host keeps what it trusts of a repository.
///
/// @param directory the metadata store, with at least `root.json` in it
/// @param seen a record outside of the store of what was seen, which guards against going back also
///   when the store is deleted or replaced by an older copy; empty for none
public record TrustStore(Path directory, Optional<Path> seen) {
    /// A store without a record beside it.
    public static TrustStore of(Path directory) {
        return new TrustStore(directory, Optional.empty());
    }

    /// Whether there is a root to start from.
    public boolean hasRoot() {
        return places().stream().anyMatch(place -> Files.exists(place.resolve("root.json")));
    }

    /// Opens it. What is missing of the directories is made, for their owner alone, if there is a
    /// root in one of them.
    Opened open() {
        if (seen.isPresent() && hasRoot()) {
            places().forEach(TrustStore::make);
        }
        MetadataStore store = new FileMetadataStore(directory);
        Optional<SeenStore> both =
                seen.filter(Files::isDirectory).map(place -> new SeenStore(store, place));
        return new Opened(both.map(MetadataStore.class::cast).orElse(store), both);
    }

    /// @param metadata reads and keeps
    /// @param record the same, if there is a record
    record Opened(MetadataStore metadata, Optional<SeenStore> record) {
        /// After everything verified.
        void remember() {
            record.ifPresent(SeenStore::remember);
        }
    }

    LastRefresh lastRefresh() {
        return new LastRefresh(places());
    }

    private List<Path> places() {
        return seen.map(record -> List.of(directory, record)).orElse(List.of(directory));
    }

    private static void make(Path place) {
        try {
            DurableFiles.createDirectories(place, DurableFiles.PRIVATE_DIRECTORY);
        } catch (IOException e) {
            throw FileMetadataStore.unusable(place, e);
        }
    }
}
