package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.metadata.DelegatedRole;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.RoleKeys;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetFile;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.RoleNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says in words what a change would change in what is published. Worked out from the metadata
/// itself, never taken from whoever made the change.
final class Differences {
    private static final long MAX_DOCUMENT = 32L * 1024 * 1024;

    private final TufClient client;
    private final Vendor vendor;
    private final List<String> words = new ArrayList<>();

    Differences(TufClient client, Vendor vendor) {
        this.client = client;
        this.vendor = vendor;
    }

    /// One sentence for each difference; empty if all of it is published.
    List<String> of(Change change) {
        change.files()
                .forEach((role, file) -> {
                    switch (file.signed()) {
                        case RootMetadata next -> root(next);
                        case TargetsMetadata next when role.equals("targets") -> delegations(next);
                        case TargetsMetadata next -> targets(role, next, change);
                        default -> throw new IllegalStateException(role);
                    }
                });
        return List.copyOf(words);
    }

    private void root(RootMetadata next) {
        RootMetadata old = client.root();
        if (next.version() == old.version()) {
            return;
        }
        for (String role : RootMetadata.TOP_LEVEL) {
            keys(role, old.roles().get(role), Objects.requireNonNull(next.roles().get(role)));
        }
        if (!next.expires().equals(old.expires())) {
            words.add("root is valid until " + next.expires() + ".");
        }
    }

    private void delegations(TargetsMetadata next) {
        TargetsMetadata old = client.targets().signed();
        if (next.version() == old.version()) {
            return;
        }
        Map<String, DelegatedRole> before = byName(old);
        Map<String, DelegatedRole> after = byName(next);
        after.forEach((name, role) -> {
            @Nullable DelegatedRole known = before.remove(name);
            keys(name, known == null ? null : known.keys(), role.keys());
            if (known != null && !known.paths().equals(role.paths())) {
                words.add(name + " may sign other paths: " + role.paths() + ".");
            }
        });
        before.keySet().forEach(name -> words.add(name + " is no longer a role."));
        next.targets().keySet().forEach(path -> words.add("targets itself lists " + path + "."));
        if (!next.expires().equals(old.expires())) {
            words.add("targets is valid until " + next.expires() + ".");
        }
    }

    private static Map<String, DelegatedRole> byName(TargetsMetadata targets) {
        Map<String, DelegatedRole> roles = new LinkedHashMap<>();
        targets.delegations()
                .map(Delegations::roles)
                .orElse(List.of())
                .forEach(role -> roles.put(role.name(), role));
        return roles;
    }

    private void keys(String role, @Nullable RoleKeys old, RoleKeys next) {
        if (old == null) {
            words.add(
                    role
                            + " is a new role, signed by "
                            + next.threshold()
                            + " of "
                            + next.keyIds().size()
                            + " keys.");
            return;
        }
        Map<String, String> names = vendor.keys().names();
        TreeSet<String> added = new TreeSet<>(next.keyIds());
        added.removeAll(old.keyIds());
        added.forEach(
                id -> words.add("key " + names.getOrDefault(id, id) + " may sign " + role + "."));
        TreeSet<String> removed = new TreeSet<>(old.keyIds());
        removed.removeAll(next.keyIds());
        removed.forEach(id ->
                words.add(
                        "key " + names.getOrDefault(id, id) + " may no longer sign " + role + "."));
        if (old.threshold() != next.threshold()) {
            words.add(
                    role
                            + " needs "
                            + next.threshold()
                            + " signatures, not "
                            + old.threshold()
                            + ".");
        }
    }

    private void targets(String role, TargetsMetadata next, Change change) {
        Optional<TargetsMetadata> published =
                client.delegatedRole(role).map(bytes -> SignedFile.targets(bytes).signed());
        Map<String, TargetFile> old = published.map(TargetsMetadata::targets).orElse(Map.of());
        if (published.isPresent() && published.get().version() == next.version()) {
            return;
        }
        next.targets()
                .forEach((path, target) -> {
                    if (!target.equals(old.get(path))) {
                        byte @Nullable [] document = change.documents().get(path);
                        if (document == null) {
                            words.add(
                                    (old.containsKey(path) ? "replaces " : "adds ")
                                            + path
                                            + " ("
                                            + target.digests().getFirst()
                                            + ", "
                                            + target.length()
                                            + " bytes).");
                        } else {
                            document(path, target, document);
                        }
                    }
                });
        old.keySet().stream()
                .filter(path -> !next.targets().containsKey(path))
                .forEach(path -> words.add("removes " + path + "."));
        if (published.isPresent() && !next.expires().equals(published.get().expires())) {
            words.add(role + " is valid until " + next.expires() + ".");
        }
    }

    private void document(String path, TargetFile target, byte[] document) {
        if (!target.digests().contains(Digest.sha256(document))) {
            throw new RefusedException(
                    "change-invalid",
                    "The change shows another " + path + " than the one it would have signed.",
                    "Nothing was signed. Ask whoever made it.");
        }
        Channel next = Channel.parse(document);
        if (!path.equals(RoleNames.channelPath(next.product(), next.name()))) {
            throw new RefusedException(
                    "change-invalid",
                    "The change puts " + next + " where hosts look for " + path + ".",
                    "Nothing was signed. Ask whoever made it.");
        }
        Optional<Target> published = client.find(path);
        Optional<Channel> old =
                published.map(found -> Channel.parse(client.read(found, MAX_DOCUMENT)));
        words.addAll(ChannelDifferences.between(old, next));
        if (!next.pinsBytes() && !next.releases().isEmpty()) {
            words.add(
                    next.name()
                            + " does not name the bytes of its bundles: whoever has the key of the"
                            + " releases could replace them.");
        }
    }
}
