package dev.belay.versys.repository;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetFile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The files of one commit in the order in which they are written, accepted as a whole by our own
/// client: as one that saw the last state, and as one that has only the first root.
///
/// A new root is visible as soon as it is there, everything else only with the new timestamp. So
/// that clients accept what they see after each single file:
///
/// 1. If they accept the new root beside what is published, it comes before the timestamp.
/// 2. Else, if they accept the rest with the old root, it comes last: snapshot and timestamp are
///    signed by the old and the new online keys then.
/// 3. Else a key that the old root needs is lost, and clients are turned away between the two
///    files. Such a commit is [#mustBeFinished] after a crash.
final class CommitFiles {
    private final RepositoryFiles published;
    private final OnlineSigning online;
    private final @Nullable PublishedState now;
    private final Instant moment;
    private Map<String, byte[]> files = Map.of();
    private boolean interruptible = true;

    /// @param now null before the first commit
    CommitFiles(
            RepositoryFiles published,
            OnlineSigning online,
            @Nullable PublishedState now,
            Instant moment) {
        this.published = published;
        this.online = online;
        this.now = now;
        this.moment = moment;
    }

    /// @throws MetadataException if clients would not accept the new state
    CommitFiles of(
            ProposedMetadata proposed, PublishedState next, Map<String, TargetFile> targets) {
        Map<String, byte[]> roles = new LinkedHashMap<>();
        proposed.roles().forEach((role, file) -> roles.put(name(role, file), file.bytes()));
        Map<String, byte[]> root = new LinkedHashMap<>();
        proposed.root().ifPresent(file -> root.put(name("root", file), file.bytes()));
        if (now == null || root.isEmpty() || accepted(root)) {
            files = inOrder(roles, root, online.next(next, null, moment));
            check(files, next, targets);
            return this;
        }
        interruptible = false;
        RootMetadata before = now.root().signed();
        Map<String, byte[]> bridge = inOrder(roles, Map.of(), online.next(next, before, moment));
        if (accepted(bridge)) {
            files = new LinkedHashMap<>(bridge);
            files.putAll(root);
        } else {
            files = inOrder(roles, root, online.next(next, null, moment));
        }
        check(files, next, targets);
        return this;
    }

    /// Bytes by file name, to be written in this order.
    Map<String, byte[]> files() {
        return files;
    }

    /// Whether a commit that was cut short must be completed before anything else.
    boolean mustBeFinished() {
        return !interruptible;
    }

    private static String name(String role, SignedFile<?> file) {
        return RepositoryFiles.name(file.signed().version(), role);
    }

    private static Map<String, byte[]> inOrder(
            Map<String, byte[]> roles, Map<String, byte[]> root, Map<String, byte[]> online) {
        Map<String, byte[]> ordered = new LinkedHashMap<>(roles);
        ordered.putAll(root);
        ordered.putAll(online);
        return ordered;
    }

    /// Whether hosts take these files, laid over those that are published.
    private boolean accepted(Map<String, byte[]> staged) {
        try {
            ClientCheck check = new ClientCheck(published, staged);
            check.run(newest(), Map.of(), moment);
            check.run(Map.of("root", published.firstRoot()), Map.of(), moment);
            return true;
        } catch (MetadataException e) {
            return false;
        }
    }

    private void check(
            Map<String, byte[]> staged, PublishedState next, Map<String, TargetFile> targets) {
        ClientCheck check = new ClientCheck(published, staged);
        if (now == null) {
            check.run(Map.of("root", next.root().bytes()), targets, moment);
            return;
        }
        check.run(newest(), targets, moment);
        check.run(Map.of("root", published.firstRoot()), targets, moment);
    }

    private Map<String, byte[]> newest() {
        PublishedState state = Objects.requireNonNull(now);
        Map<String, byte[]> newest = new LinkedHashMap<>();
        newest.put("root", state.root().bytes());
        newest.put("timestamp", Objects.requireNonNull(state.timestamp()).bytes());
        newest.put("snapshot", Objects.requireNonNull(state.snapshot()).bytes());
        return newest;
    }
}
