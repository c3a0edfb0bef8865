package dev.belay.versys.repository;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.DirectoryLock;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetFile;
import dev.belay.versys.repository.RepositoryWriter.Commit;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.PassphraseSource;
import dev.belay.versys.signing.PublicationConflictException;
import dev.belay.versys.signing.RoleNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A repository in one directory: `metadata/`, `targets/`, `staged/` (blobs by digest) and `keys/`
/// (the online keys, private; a vendor's static repository has them elsewhere).
public final class FileRepositoryWriter implements RepositoryWriter {
    /// How long a publisher may take between uploading bytes and naming them.
    private static final Duration STAGED_LIFE = Duration.ofDays(7);

    /// How long a change may wait for the next signature; what it names is kept so long.
    public static final Duration CHANGE_LIFE = Duration.ofDays(30);

    private final Path directory;
    private final RepositoryFiles files;
    private final TargetBlobs blobs;
    private final OnlineKeys keys;
    private final OnlineSigning online;
    private final InstantSource clock;

    private FileRepositoryWriter(Path directory, OnlineKeys keys, InstantSource clock) {
        this.directory = directory;
        this.files = new RepositoryFiles(directory);
        this.blobs = new TargetBlobs(directory.resolve("staged"), directory.resolve("targets"));
        this.keys = keys;
        this.online = new OnlineSigning(keys, files);
        this.clock = clock;
    }

    /// Opens the repository in that directory with its keys in `keys/`; makes directory and online
    /// key at the first time.
    ///
    /// @throws dev.belay.packaging.failure.BelayException `repository-unusable`
    public static RepositoryWriter open(Path directory, InstantSource clock) {
        OnlineKeys keys = OnlineKeys.unattended(directory.resolve("keys"));
        FileRepositoryWriter writer = new FileRepositoryWriter(directory, keys, clock);
        writer.prepare();
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            keys.newest();
            writer.files.finish();
        }
        return writer;
    }

    /// Opens a repository whose online keys are elsewhere. Makes nothing before `initialise`.
    ///
    /// @param keys where they are, or will be made when one is asked for
    /// @param passphrases asked only if somebody encrypted an online key
    public static RepositoryWriter open(
            Path directory, Path keys, PassphraseSource passphrases, InstantSource clock) {
        return new FileRepositoryWriter(directory, new OnlineKeys(keys, passphrases), clock);
    }

    private void prepare() {
        try {
            for (String part : new String[] {"metadata", "targets", "staged"}) {
                DurableFiles.createDirectories(
                        directory.resolve(part), DurableFiles.READABLE_DIRECTORY);
            }
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
    }

    @Override
    public boolean initialised() {
        return files.read().isPresent();
    }

    @Override
    public boolean hasOnlineKey() {
        return keys.any();
    }

    @Override
    public byte[] onlineKey() {
        return OnlineKeys.publicBytes(keys.newest());
    }

    @Override
    public byte[] makeOnlineKey() {
        return OnlineKeys.publicBytes(keys.make());
    }

    @Override
    public Commit initialise(Map<String, byte[]> metadata) {
        prepare();
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            Optional<PublishedState> now = files.read();
            if (now.isPresent() && !ProposedMetadata.parse(metadata, now.get()).isEmpty()) {
                throw new PublicationConflictException(
                        "repository-exists",
                        "There is a repository already. It was left as it is.",
                        "Use it, or give the new one a server of its own.");
            }
            return commit(metadata, now);
        }
    }

    @Override
    public Commit commit(Map<String, byte[]> metadata) {
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            files.finish();
            return commit(metadata, Optional.of(existing()));
        }
    }

    @Override
    public Commit commit(String product, Map<String, byte[]> metadata) {
        for (String role : metadata.keySet()) {
            if (!role.equals(RoleNames.releases(product))
                    && !RoleNames.isChannelOf(product, role)) {
                throw ProposedMetadata.notAllowed(role);
            }
        }
        return commit(metadata);
    }

    /// Checked in this order: versions, signatures and paths, releases that exist, blobs, our own
    /// client. Then blobs get their names, then metadata is written.
    private Commit commit(Map<String, byte[]> metadata, Optional<PublishedState> published) {
        Instant moment = clock.instant();
        @Nullable PublishedState now = published.orElse(null);
        ProposedMetadata proposed = ProposedMetadata.parse(metadata, now);
        if (proposed.isEmpty()) {
            return new Commit(currentSnapshotVersion(), false);
        }
        proposed.requirePublishable(now);
        PublishedState next = proposed.appliedTo(now);
        new StateCheck(next, moment).run();
        Map<String, TargetFile> changed = proposed.changedTargets(now);
        try {
            requireBlobs(changed);
            CommitFiles commit =
                    new CommitFiles(files, online, now, moment).of(proposed, next, changed);
            for (Map.Entry<String, TargetFile> target : changed.entrySet()) {
                blobs.place(target.getKey(), target.getValue());
            }
            if (commit.mustBeFinished()) {
                files.writeWhole(commit.files());
            } else {
                files.write(commit.files());
            }
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
        return new Commit(currentSnapshotVersion(), true);
    }

    private void requireBlobs(Map<String, TargetFile> targets) throws IOException {
        for (Map.Entry<String, TargetFile> target : targets.entrySet()) {
            if (!blobs.available(target.getKey(), target.getValue())) {
                throw new RefusedException(
                        "blob-missing",
                        "The bytes of " + target.getKey() + " are not here. Nothing was changed.",
                        "Upload the blob first, then the metadata that names it.");
            }
        }
    }

    @Override
    public void requireStageable(String product, Change change) {
        Map<String, TargetFile> targets =
                new HashMap<>(new StageableCheck(existing()).run(product, change));
        targets.keySet().removeAll(change.documents().keySet());
        try {
            requireBlobs(targets);
            Instant until = clock.instant().plus(CHANGE_LIFE);
            for (TargetFile target : targets.values()) {
                blobs.countFrom(target, until.minus(STAGED_LIFE));
            }
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
    }

    @Override
    public boolean stage(Digest expected, InputStream body, long maxBytes) {
        try {
            return blobs.stage(expected, body, maxBytes, clock.instant());
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
    }

    @Override
    public boolean renewIfDue() {
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            files.finish();
            Optional<PublishedState> now = files.read();
            if (now.isEmpty()) {
                return false;
            }
            Instant moment = clock.instant();
            blobs.tidy(moment.minus(STAGED_LIFE));
            boolean snapshotDue = due(now.get().snapshot(), OnlineSigning.SNAPSHOT_LIFE, moment);
            boolean timestampDue = due(now.get().timestamp(), OnlineSigning.TIMESTAMP_LIFE, moment);
            if (snapshotDue) {
                files.write(online.next(now.get(), null, moment));
            } else if (timestampDue) {
                files.write(online.renewedTimestamp(now.get(), moment));
            }
            return snapshotDue || timestampDue;
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
    }

    private static boolean due(
            @Nullable SignedFile<? extends RoleMetadata> file, Duration life, Instant moment) {
        return file != null
                && Duration.between(moment, file.signed().expires()).compareTo(life.dividedBy(2))
                        < 0;
    }

    @Override
    public long currentSnapshotVersion() {
        return files.read().map(PublishedState::snapshotVersion).orElse(0L);
    }

    private PublishedState existing() {
        return files.read()
                .orElseThrow(() ->
                        new RefusedException(
                                "repository-missing",
                                "There is no repository here yet.",
                                "Run versys init first."));
    }

    @Override
    public Path metadataDirectory() {
        return files.directory();
    }

    @Override
    public Path targetsDirectory() {
        return blobs.directory();
    }
}
