package dev.belay.server.cli;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.repository.RepositoryWriter;
import dev.belay.versys.repository.RepositoryWriter.Commit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// A repository of real files in which nothing is signed and nothing verified: for tests of what
/// lies around the repository. Staged blobs appear as targets at once.
public class UnverifiedRepository implements RepositoryWriter {
    static final String EXPIRES = "2030-01-01T00:00:00Z";
    private final Path directory;
    private final Map<String, Long> versions = new TreeMap<>();
    private long snapshot;
    private boolean renewalDue;

    public UnverifiedRepository(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(metadataDirectory());
            Files.createDirectories(targetsDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean initialised() {
        return snapshot > 0;
    }

    @Override
    public boolean hasOnlineKey() {
        return true;
    }

    @Override
    public byte[] onlineKey() {
        return "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\"%s\"},\"scheme\":\"ed25519\"}"
                .formatted("d7".repeat(32))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] makeOnlineKey() {
        return onlineKey();
    }

    @Override
    public Commit initialise(Map<String, byte[]> metadata) {
        return commit(metadata);
    }

    @Override
    public synchronized Commit commit(Map<String, byte[]> metadata) {
        metadata.forEach((role, bytes) -> {
            long version =
                    JsonMapper.shared().readTree(bytes).path("signed").path("version").asLong();
            versions.put(role, version);
            write(version + "." + role.replace("/", "%2F") + ".json", bytes);
        });
        publish();
        return new Commit(snapshot, true);
    }

    @Override
    public Commit commit(String product, Map<String, byte[]> metadata) {
        if (!metadata.keySet().stream().allMatch(role -> role.startsWith(product + "-"))) {
            throw new RefusedException("role-not-allowed", "another product's", "no");
        }
        return commit(metadata);
    }

    @Override
    public void requireStageable(String product, dev.belay.versys.signing.Change change) {
        if (!change.metadata().keySet().stream().allMatch(role -> role.startsWith(product + "-"))) {
            throw new RefusedException("role-not-allowed", "another product's", "no");
        }
    }

    @Override
    public boolean stage(Digest expected, InputStream body, long maxBytes) {
        try {
            Path blob = targetsDirectory().resolve(expected.hex() + ".blob");
            if (Files.exists(blob)) {
                return false;
            }
            byte[] bytes = body.readNBytes((int) maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new RefusedException("too-large", "too large", "less");
            }
            if (!Digest.sha256(bytes).equals(expected)) {
                throw new RefusedException("digest-mismatch", "other bytes", "again");
            }
            Files.write(blob, bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void makeRenewalDue() {
        renewalDue = true;
    }

    @Override
    public synchronized boolean renewIfDue() {
        boolean due = renewalDue;
        renewalDue = false;
        if (due) {
            publish();
        }
        return due;
    }

    @Override
    public long currentSnapshotVersion() {
        return snapshot;
    }

    @Override
    public Path metadataDirectory() {
        return directory.resolve("metadata");
    }

    @Override
    public Path targetsDirectory() {
        return directory.resolve("targets");
    }

    private void publish() {
        snapshot++;
        StringBuilder meta = new StringBuilder();
        versions.forEach((role, version) ->
                meta.append(meta.isEmpty() ? "" : ",")
                        .append("\"%s.json\":{\"version\":%d}".formatted(role, version)));
        write(
                snapshot + ".snapshot.json",
                signed("\"version\":%d,\"meta\":{%s}".formatted(snapshot, meta)));
        write(
                "timestamp.json",
                signed(
                        "\"version\":%d,\"meta\":{\"snapshot.json\":{\"version\":%d}}"
                                .formatted(snapshot, snapshot)));
    }

    static byte[] signed(String members) {
        return "{\"signed\":{\"expires\":\"%s\",%s},\"signatures\":[]}"
                .formatted(EXPIRES, members)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.write(metadataDirectory().resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
