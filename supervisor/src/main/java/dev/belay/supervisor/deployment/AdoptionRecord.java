package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/// `adoption.json`: where the content of a home was copied from. It is there before the first copy,
/// and as long as the adoption can be undone.
///
/// @param version the release that was recognised
/// @param directory the installation that was adopted
/// @param at when
/// @param undone whether it is being undone
public record AdoptionRecord(Version version, String directory, Instant at, boolean undone) {
    /// That of a home; empty if it was not adopted.
    public static Optional<AdoptionRecord> read(Home home) {
        try {
            return Optional.of(
                    RecordReader.file(
                            home.adoption(),
                            AdoptionRecord.class,
                            "Remove it if the home is in use; nothing but undoing needs it."));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home.adoption(), e);
        }
    }

    /// Writes it durably.
    public void write(Home home) {
        try {
            DurableFiles.write(home.adoption(), Json.bytes(this), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + home.adoption(), e);
        }
    }

    /// The same, being undone.
    public AdoptionRecord undoing() {
        return new AdoptionRecord(version, directory, at, true);
    }
}
