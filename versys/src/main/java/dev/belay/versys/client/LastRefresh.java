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

/// The latest moment at which a whole refresh succeeded. A clock that was set back must not bring
/// expired metadata back to life: what was seen once counts. It is kept only after everything
/// verified, so that a clock that was far ahead once, when everything looks expired, does no
/// lasting harm.
final class LastRefresh {
    /// Holds no metadata, hence no `.json`.
    private static final String NAME = "last-refresh";

    private final Path store;

    LastRefresh(Path store) {
        this.store = store;
    }

    /// The clock's time, or that of the last refresh if the clock is behind it.
    Instant notBefore(InstantSource clock) {
        Instant now = clock.instant();
        Instant last = read();
        return last.isAfter(now) ? last : now;
    }

    void keep(Instant now) {
        try {
            DurableFiles.write(
                    store.resolve(NAME), now.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw FileMetadataStore.unusable(store, e);
        }
    }

    private Instant read() {
        try {
            return Instant.parse(Files.readString(store.resolve(NAME)).strip());
        } catch (NoSuchFileException | DateTimeException e) {
            return Instant.EPOCH;
        } catch (IOException e) {
            throw FileMetadataStore.unusable(store, e);
        }
    }
}
