package dev.belay.versys.repository;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetFile;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.signing.PublicationConflictException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// New files that somebody wants to publish. Pure.
///
/// @param root the new root, if one is among them
/// @param roles new targets roles by name
record ProposedMetadata(
        Optional<SignedFile<RootMetadata>> root, Map<String, SignedFile<TargetsMetadata>> roles) {
    private static final Pattern ROLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern RELEASE_PATH = Pattern.compile("[^/]+/releases/.*");

    /// Reads the files, leaving out those that are published already, byte for byte.
    ///
    /// @param now null before the first commit
    static ProposedMetadata parse(Map<String, byte[]> metadata, @Nullable PublishedState now) {
        Optional<SignedFile<RootMetadata>> root = Optional.empty();
        Map<String, SignedFile<TargetsMetadata>> roles = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> entry : metadata.entrySet()) {
            String role = entry.getKey();
            byte[] bytes = entry.getValue();
            if (role.equals("root")) {
                if (now == null || !Arrays.equals(now.root().bytes(), bytes)) {
                    root = Optional.of(SignedFile.root(bytes));
                }
            } else if (!mayBePublished(role)) {
                throw notAllowed(role);
            } else if (published(role, now)
                    .filter(f -> Arrays.equals(f.bytes(), bytes))
                    .isEmpty()) {
                roles.put(role, SignedFile.targets(bytes));
            }
        }
        return new ProposedMetadata(root, roles);
    }

    /// Snapshot and timestamp are made here, and names become file names.
    private static boolean mayBePublished(String role) {
        return role.equals("targets")
                || (ROLE.matcher(role).matches() && !RootMetadata.TOP_LEVEL.contains(role));
    }

    static RefusedException notAllowed(String role) {
        return new RefusedException(
                "role-not-allowed",
                "Role " + role + " cannot be published here. Nothing was changed.",
                "Publish the roles of your own product, with its token.");
    }

    boolean isEmpty() {
        return root.isEmpty() && roles.isEmpty();
    }

    /// The state after publishing, with timestamp and snapshot still the old ones.
    PublishedState appliedTo(@Nullable PublishedState now) {
        if (now == null) {
            SignedFile<RootMetadata> first =
                    root.orElseThrow(
                            () -> MetadataException.missing("a new repository needs a root"));
            return new PublishedState(first, null, null, roles);
        }
        Map<String, SignedFile<TargetsMetadata>> all = new LinkedHashMap<>(now.targets());
        all.putAll(roles);
        return new PublishedState(root.orElse(now.root()), now.timestamp(), now.snapshot(), all);
    }

    /// That it follows what is published: no release changes, every version is the next one, no
    /// release goes. In this order: a publisher who had not seen a release yet has a conflict, not
    /// a wrong intent.
    ///
    /// @throws PublicationConflictException `release-exists`, `metadata-conflict`
    /// @throws RefusedException `release-removed`
    /// @throws MetadataException `metadata-malformed` if a new name cannot be kept everywhere
    void requirePublishable(@Nullable PublishedState now) {
        requireImmutableReleases(now);
        requireNextVersions(now);
        requireNoReleaseRemoved(now);
        Set<String> added = changedTargets(now).keySet();
        for (SignedFile<TargetsMetadata> role : roles.values()) {
            Set<String> all = role.signed().targets().keySet();
            TargetNames.requireUsable(
                    all.stream().filter(added::contains).collect(Collectors.toSet()), all);
        }
    }

    /// Every version is the next one; otherwise somebody else was faster.
    private void requireNextVersions(@Nullable PublishedState now) {
        if (root.isPresent()) {
            long newest = now == null ? 0 : now.root().signed().version();
            requireNext("root", newest, root.get().signed().version());
        }
        for (Map.Entry<String, SignedFile<TargetsMetadata>> entry : roles.entrySet()) {
            long newest = published(entry.getKey(), now).map(f -> f.signed().version()).orElse(0L);
            requireNext(entry.getKey(), newest, entry.getValue().signed().version());
        }
    }

    private static void requireNext(String role, long published, long offered) {
        if (offered != published + 1) {
            throw new PublicationConflictException(
                    "metadata-conflict",
                    role
                            + " is at version "
                            + published
                            + ", so that "
                            + offered
                            + " cannot follow.",
                    "Somebody published in between: fetch the repository's state, sign again, retry.");
        }
    }

    /// A release that exists keeps its bytes for ever.
    private void requireImmutableReleases(@Nullable PublishedState now) {
        forEachRelease(
                now,
                (path, old, next) -> {
                    if (next != null && !old.equals(next)) {
                        throw new PublicationConflictException(
                                "release-exists",
                                path + " is published with other bytes. Nothing was changed.",
                                "A release never changes: give the new build a new version.");
                    }
                });
    }

    /// A release that exists stays.
    private void requireNoReleaseRemoved(@Nullable PublishedState now) {
        forEachRelease(
                now,
                (path, _, next) -> {
                    if (next == null) {
                        throw new RefusedException(
                                "release-removed",
                                path + " is published and would be gone. Nothing was changed.",
                                "Withdraw a release in its channels instead: versys withdraw.");
                    }
                });
    }

    @FunctionalInterface
    private interface ReleaseRule {
        void check(String path, TargetFile old, @Nullable TargetFile next);
    }

    private void forEachRelease(@Nullable PublishedState now, ReleaseRule rule) {
        for (Map.Entry<String, SignedFile<TargetsMetadata>> entry : roles.entrySet()) {
            Map<String, TargetFile> next = entry.getValue().signed().targets();
            targetsOf(entry.getKey(), now)
                    .forEach((path, old) -> {
                        if (RELEASE_PATH.matcher(path).matches()) {
                            rule.check(path, old, next.get(path));
                        }
                    });
        }
    }

    /// Targets that are new or changed, by path.
    Map<String, TargetFile> changedTargets(@Nullable PublishedState now) {
        Map<String, TargetFile> changed = new LinkedHashMap<>();
        for (Map.Entry<String, SignedFile<TargetsMetadata>> entry : roles.entrySet()) {
            Map<String, TargetFile> old = targetsOf(entry.getKey(), now);
            entry.getValue()
                    .signed()
                    .targets()
                    .forEach((path, target) -> {
                        if (!target.equals(old.get(path))) {
                            changed.put(path, target);
                        }
                    });
        }
        return changed;
    }

    private static Map<String, TargetFile> targetsOf(String role, @Nullable PublishedState now) {
        return published(role, now).map(file -> file.signed().targets()).orElse(Map.of());
    }

    private static Optional<SignedFile<TargetsMetadata>> published(
            String role, @Nullable PublishedState now) {
        return now == null ? Optional.empty() : now.role(role);
    }
}
