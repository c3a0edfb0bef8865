package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.RoleKeys;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Who may sign what in a repository, and until when it all is valid.
public final class RoleAdministration {
    private final Vendor vendor;
    private final ChangeApproval approval;

    /// @param words told every difference before it is signed
    public RoleAdministration(Vendor vendor, PassphraseSource passphrases, Consumer<String> words) {
        this.vendor = vendor;
        this.approval = new ChangeApproval(vendor, passphrases, words);
    }

    /// One role as it is published.
    ///
    /// @param keyIds who may sign
    /// @param threshold how many must
    public record RoleStatus(
            String role, long version, Instant expires, List<String> keyIds, int threshold) {}

    /// All roles, top-level ones first.
    public List<RoleStatus> status() {
        TufClient client = vendor.refreshed();
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
        return keysOf(vendor.refreshed(), role).keyIds();
    }

    /// Changes who may sign a role. The role itself is signed anew under the new rule in the same
    /// change, so that hosts never see one without the other.
    ///
    /// @param threshold 0 to leave it
    public Outcome changeKeys(String role, List<TufKey> add, List<String> remove, int threshold) {
        if (role.equals("snapshot") || role.equals("timestamp")) {
            throw new RefusedException(
                    "online-role",
                    role + " is signed by the server's own key.",
                    "Nothing was changed. See docs/trust.md for a lost or stolen online key.");
        }
        TufClient client = vendor.forEditing();
        Instant expires = vendor.clock().instant().plus(NewRepository.LIFE);
        RoleKeyEdit edit = new RoleKeyEdit(add, remove, threshold);
        JsonObject root = client.root().common().source();
        JsonObject targets = client.targets().signedObject();
        Map<String, JsonObject> signed = new LinkedHashMap<>();
        if (role.equals("root") || role.equals("targets")) {
            signed.put("root", edit.inRoot(root, role, expires));
            if (role.equals("targets")) {
                signed.put("targets", RoleKeyEdit.next(targets, expires));
            }
        } else {
            signed.put("targets", edit.inTargets(targets, role, expires));
            signed.put(role, RoleKeyEdit.next(Vendor.role(client, role).signedObject(), expires));
        }
        return approval.approve(client, Change.unsigned(signed, Map.of()), List.of());
    }

    /// Signs roles anew as they are, to make them valid for longer.
    public Outcome renew(List<String> roles) {
        TufClient client = vendor.forEditing();
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
