package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.TufKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Static mode: the repository is a directory. Its `metadata` and `targets` are copied to, or
/// served by, any web server; its `keys` (the online key) and `staged` stay with the vendor.
public final class DirectoryEndpoint implements PublishEndpoint {
    private final Path directory;
    private final RepositoryWriter writer;

    /// Opens the directory, or makes a new one.
    public DirectoryEndpoint(Path directory, InstantSource clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.writer = FileRepositoryWriter.open(this.directory, clock);
    }

    @Override
    public RepositoryLocation location() {
        return RepositoryLocation.below(directory.toUri());
    }

    @Override
    public TufKey onlineKey() {
        return TufKey.parse(JsonParser.parseObject(writer.onlineKey()));
    }

    @Override
    public void commitRepository(Map<String, byte[]> metadata) {
        if (writer.initialised()) {
            writer.commit(metadata);
        } else {
            writer.initialise(metadata);
        }
    }

    @Override
    public boolean stage(String product, Digest digest, Path file) {
        try (InputStream body = Files.newInputStream(file)) {
            return writer.stage(digest, body, Files.size(file));
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
    }

    @Override
    public long commit(String product, Map<String, byte[]> metadata) {
        return writer.commit(product, metadata).snapshotVersion();
    }

    @Override
    public boolean renew() {
        return writer.renewIfDue();
    }
}
