package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Metadata in one directory: `<role>.json`, the role's name percent-encoded.
final class FileMetadataStore implements MetadataStore {
    /// More than any file that we would have written.
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Path directory;

    FileMetadataStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<byte[]> read(String role) {
        try (InputStream in = Files.newInputStream(file(role))) {
            return Optional.of(in.readNBytes(MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    @Override
    public void write(String role, byte[] bytes) {
        try {
            DurableFiles.write(file(role), bytes);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private Path file(String role) {
        return directory.resolve(SafeNames.fileName(role) + ".json");
    }

    static BelayException unusable(Path directory, IOException cause) {
        return new BelayException(
                "store-unusable",
                "Trusted metadata in "
                        + directory
                        + " cannot be read or written: "
                        + cause.getMessage(),
                "Check the directory's owner, permissions and disk. Nothing was installed.",
                cause);
    }
}
