package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.RoleKeys;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.ChangeSigning;
import dev.belay.versys.signing.PassphraseSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/// Who may sign what in a repository, and until when it all is valid.
public final class RoleAdministration {
    /// The roles that are signed without people.
    public static final List<String> ONLINE = List.of("snapshot", "timestamp");

    private final Vendor vendor;
    private final ChangeApproval approval;
    private final Consumer<String> words;

    /// @param words told every difference before it is signed
    public RoleAdministration(Vendor vendor, PassphraseSource passphrases, Consumer<String> words) {
        this.vendor = vendor;
        this.approval = new ChangeApproval(vendor, passphrases, words);
        this.words = words;
    }

    /// One role as it is published.
    ///
    /// @param keyIds who may sign
    /// @param threshold how many must
    public record RoleStatus(
            String role, long version, Instant expires, List<String> keyIds, int threshold) {}

    /// All roles, top-level ones first.
    public List<RoleStatus> status() {
        TufClient client = vendor.refreshedThoughExpired();
        return client.roles().entrySet().stream()
                .map(entry -> status(client, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static RoleStatus status(TufClient client, String role, RoleMetadata metadata) {
        RoleKeys keys = keysOf(client, role);
        return new RoleStatus(
                role, metadata.version(), metadata.expires(), keys.keyIds(), keys.threshold());
    }

    private static RoleKeys keysOf(TufClient client, String role) {
        if (RootMetadata.TOP_LEVEL.contains(role)) {
            return Objects.requireNonNull(client.root().roles().get(role));
        }
        return client.targets()
                .signed()
                .delegations()
                .flatMap((Delegations all) -> all.signerOf("targets", role))
                .orElseThrow(() -> ChangeSigning.unknown(role))
                .role();
    }

    /// The ids of the keys that may sign a role.
    public List<String> keyIds(String role) {
        TufClient client =
                RootMetadata.TOP_LEVEL.contains(role)
                        ? vendor.forRepair(Set.of("root"))
                        : vendor.refreshedThoughExpired();
        return keysOf(client, role).keyIds();
    }

    /// Changes who may sign a role. The role itself is signed anew under the new rule in the same
    /// change, so that hosts never see one without the other.
    ///
    /// @param threshold empty to leave it
    public Outcome changeKeys(
            String role, List<TufKey> add, List<String> remove, OptionalInt threshold) {
        if (ONLINE.contains(role)) {
            throw new RefusedException(
                    "online-role",
                    role + " is signed by the online key. Nothing was changed.",
                    "To replace a lost or stolen online key: versys key rotate online.");
        }
        TufClient client = vendor.forRepair(Set.of(role.equals("root") ? "root" : "targets"));
        Instant expires = vendor.clock().instant().plus(NewRepository.LIFE);
        RoleKeyEdit edit = new RoleKeyEdit(add, remove, threshold);
        JsonObject root = client.root().common().source();
        Map<String, JsonObject> signed = new LinkedHashMap<>();
        if (role.equals("root") || role.equals("targets")) {
            signed.put("root", edit.inRoot(root, role, expires));
            if (role.equals("targets")) {
                signed.put("targets", RoleKeyEdit.next(client.targets().signedObject(), expires));
            }
        } else {
            signed.put("targets", edit.inTargets(client.targets().signedObject(), role, expires));
            signed.put(role, RoleKeyEdit.next(Vendor.role(client, role).signedObject(), expires));
        }
        return approval.approve(client, Change.unsigned(signed, Map.of()), List.of());
    }

    /// Lets new roles sign something, empty as they are: a channel, or a whole product.
    ///
    /// @throws RefusedException `role-exists`
    public Outcome addRoles(List<NewRole> roles) {
        TufClient client = vendor.forRepair(Set.of("targets"));
        Instant expires = vendor.clock().instant().plus(NewRepository.LIFE);
        Map<String, JsonObject> signed = new LinkedHashMap<>();
        signed.put(
                "targets", RoleKeyEdit.withRoles(client.targets().signedObject(), roles, expires));
        roles.forEach(role -> signed.put(role.name(), Drafts.targets(1, expires)));
        return approval.approve(client, Change.unsigned(signed, Map.of()), List.of());
    }

    /// Replaces the online key, whether it is stolen or lost: a new root lets the newest key of the
    /// server (or of this directory) sign, and no other. As soon as it is published, snapshot and
    /// timestamp are signed by that key, and hosts forget what others signed, however high its
    /// versions are.
    ///
    /// @param role `snapshot` or `timestamp`, or `online` for both
    public Outcome rotateOnline(String role) {
        TufClient client = vendor.forRepair(Set.of("root"));
        List<String> roles = role.equals("online") ? ONLINE : List.of(role);
        TufKey newest = vendor.endpoint().onlineKey();
        boolean inForce =
                roles.stream()
                        .anyMatch(each ->
                                keysOf(client, each).keyIds().contains(newest.computedId()));
        TufKey key = inForce ? vendor.endpoint().makeOnlineKey() : newest;
        words.accept("The new online key is " + key.computedId() + ".");
        Instant expires = vendor.clock().instant().plus(NewRepository.LIFE);
        JsonObject root =
                RoleKeyEdit.replacedInRoot(client.root().common().source(), roles, key, expires);
        return approval.approve(client, Change.unsigned(Map.of("root", root), Map.of()), List.of());
    }

    /// Signs roles anew as they are, to make them valid for longer.
    public Outcome renew(List<String> roles) {
        TufClient client = vendor.forRepair(Set.copyOf(roles));
        Instant expires = vendor.clock().instant().plus(NewRepository.LIFE);
        Map<String, JsonObject> signed = new LinkedHashMap<>();
        for (String role : roles) {
            JsonObject object =
                    switch (role) {
                        case "root" -> client.root().common().source();
                        case "targets" -> client.targets().signedObject();
                        default -> Vendor.role(client, role).signedObject();
                    };
            signed.put(role, RoleKeyEdit.next(object, expires));
        }
        return approval.approve(client, Change.unsigned(signed, Map.of()), List.of());
    }
}
