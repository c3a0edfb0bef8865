package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The latest moment at which a whole refresh succeeded. A clock that was set back must not bring
/// expired metadata back to life: what was seen once counts. It is kept only after everything
/// verified, so that a clock that was far ahead once, when everything looks expired, does no
/// lasting harm.
final class LastRefresh {
    /// Holds no metadata, hence no `.json`.
    private static final String NAME = "last-refresh";

    private final List<Path> stores;

    /// @param stores where it is kept, the same in each
    LastRefresh(List<Path> stores) {
        this.stores = List.copyOf(stores);
    }

    /// The clock's time, or that of the last refresh if the clock is behind it.
    Instant notBefore(InstantSource clock) {
        Instant latest = clock.instant();
        for (Path store : stores) {
            Instant last = read(store);
            latest = last.isAfter(latest) ? last : latest;
        }
        return latest;
    }

    void keep(Instant now) {
        for (Path store : stores) {
            try {
                DurableFiles.write(
                        store.resolve(NAME), now.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw FileMetadataStore.unusable(store, e);
            }
        }
    }

    private static Instant read(Path store) {
        try {
            return Instant.parse(Files.readString(store.resolve(NAME)).strip());
        } catch (NoSuchFileException | DateTimeException e) {
            return Instant.EPOCH;
        } catch (IOException e) {
            throw FileMetadataStore.unusable(store, e);
        }
    }
}
