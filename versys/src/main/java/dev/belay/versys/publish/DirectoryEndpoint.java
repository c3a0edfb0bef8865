package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.repository.FileRepositoryWriter;
import dev.belay.versys.repository.RepositoryWriter;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.PassphraseSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Static mode: the repository is a directory that any web server can serve, as it is or copied
/// (`metadata` and `targets`). No secret is in it: the online key that signs snapshot and timestamp
/// is the vendor's, in a directory of its own.
public final class DirectoryEndpoint implements PublishEndpoint {
    private final Path directory;
    private final RepositoryWriter writer;

    /// @param directory need not exist yet; `commitRepository` makes it
    /// @param keys where the online key is, or will be made when it is asked for
    /// @param passphrases asked only if somebody encrypted the online key
    public DirectoryEndpoint(
            Path directory, Path keys, PassphraseSource passphrases, InstantSource clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.writer = FileRepositoryWriter.open(this.directory, keys, passphrases, clock);
    }

    /// Whether there is a repository.
    public boolean exists() {
        return writer.initialised();
    }

    /// @throws RefusedException `repository-missing`
    @Override
    public RepositoryLocation location() {
        if (!exists()) {
            throw new RefusedException(
                    "repository-missing",
                    "There is no repository in " + directory + ". Nothing was changed.",
                    "Check the path. versys init --to DIRECTORY begins a repository, and so does"
                            + " the first versys publish --to DIRECTORY of a vendor that has none.");
        }
        return RepositoryLocation.below(directory.toUri());
    }

    @Override
    public TufKey onlineKey() {
        return TufKey.parse(JsonParser.parseObject(writer.onlineKey()));
    }

    @Override
    public TufKey makeOnlineKey() {
        return TufKey.parse(JsonParser.parseObject(writer.makeOnlineKey()));
    }

    @Override
    public void commitRepository(Map<String, byte[]> metadata) {
        if (exists()) {
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
            throw IoFailures.of("Nothing was published: " + file, e);
        }
    }

    @Override
    public long commit(String product, Map<String, byte[]> metadata) {
        return writer.commit(product, metadata).snapshotVersion();
    }

    /// Done by whoever has the online key, and by nobody else.
    @Override
    public boolean renew() {
        return writer.hasOnlineKey() && exists() && writer.renewIfDue();
    }

    @Override
    public boolean renewsItself() {
        return false;
    }

    /// Every publication needs a new snapshot.
    @Override
    public boolean publishesFromHere() {
        return writer.hasOnlineKey();
    }

    @Override
    public Map<String, Change> stagedChanges(String product) {
        return Map.of();
    }

    @Override
    public ReportingHosts hosts(String product, String channel) {
        return ReportingHosts.NONE;
    }

    @Override
    public void stageChange(String product, Change change) {
        throw new RefusedException(
                "no-staging-area",
                "A directory is no place for changes to wait: only an update server has one.",
                "Leave --stage away and pass the change file on. Nothing was published.");
    }

    @Override
    public boolean unstageChange(String product, String name) {
        return false;
    }
}
