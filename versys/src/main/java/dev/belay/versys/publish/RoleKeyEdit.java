package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.ExpiryDate;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.ChangeSigning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Changes who may sign a role. Pure: takes the object that lists the role's keys (a root, or a
/// targets role with delegations) and gives its next version.
///
/// @param add keys that may sign from now on
/// @param remove ids of keys that may no longer
/// @param threshold how many must sign, empty to leave it as it is
record RoleKeyEdit(List<TufKey> add, List<String> remove, OptionalInt threshold) {

    /// The next root, in which a top-level role has other keys.
    JsonObject inRoot(JsonObject root, String role, Instant expires) {
        JsonObject roles = object(root, "roles");
        JsonObject edited = roles.with(role, edit(role, object(roles, role)));
        List<JsonObject> all = new ArrayList<>();
        RootMetadata.TOP_LEVEL.forEach(name -> all.add(object(edited, name)));
        return next(root, expires).with("roles", edited).with("keys", keys(root, all));
    }

    /// The next root, in which one key alone signs these top-level roles.
    static JsonObject replacedInRoot(
            JsonObject root, List<String> roles, TufKey key, Instant expires) {
        RoleKeyEdit edit = new RoleKeyEdit(List.of(key), List.of(), OptionalInt.of(1));
        JsonObject edited = object(root, "roles");
        for (String role : roles) {
            JsonObject none = object(edited, role).with("keyids", new JsonArray(List.of()));
            edited = edited.with(role, edit.edit(role, none));
        }
        List<JsonObject> all = new ArrayList<>();
        for (String name : RootMetadata.TOP_LEVEL) {
            all.add(object(edited, name));
        }
        return next(root, expires).with("roles", edited).with("keys", edit.keys(root, all));
    }

    /// The next targets role, in which a delegated role has other keys.
    JsonObject inTargets(JsonObject targets, String role, Instant expires) {
        JsonObject delegations = object(targets, "delegations");
        List<JsonObject> roles = new ArrayList<>();
        boolean found = false;
        if (delegations.members().get("roles") instanceof JsonArray listed) {
            for (JsonValue element : listed.elements()) {
                JsonObject each = (JsonObject) element;
                boolean wanted = new JsonString(role).equals(each.members().get("name"));
                found |= wanted;
                roles.add(wanted ? edit(role, each) : each);
            }
        }
        if (!found) {
            throw ChangeSigning.unknown(role);
        }
        return next(targets, expires)
                .with(
                        "delegations",
                        delegations
                                .with("roles", new JsonArray(List.copyOf(roles)))
                                .with("keys", keys(delegations, roles)));
    }

    /// The next targets role, which delegates to these roles too.
    ///
    /// @throws RefusedException `role-exists`
    static JsonObject withRoles(JsonObject targets, List<NewRole> added, Instant expires) {
        JsonObject delegations = object(targets, "delegations");
        List<JsonValue> roles =
                new ArrayList<>(((JsonArray) member(delegations, "roles")).elements());
        Map<String, JsonValue> keys = new LinkedHashMap<>(object(delegations, "keys").members());
        for (NewRole role : added) {
            JsonString name = new JsonString(role.name());
            if (roles.stream().anyMatch(r -> name.equals(member((JsonObject) r, "name")))) {
                throw new RefusedException(
                        "role-exists",
                        "There is a role " + role.name() + " already. Nothing was changed.",
                        "See versys status.");
            }
            roles.add(role.delegation());
            keys.putAll(Drafts.keys(List.of(role.key())).members());
        }
        return next(targets, expires)
                .with(
                        "delegations",
                        delegations
                                .with("roles", new JsonArray(List.copyOf(roles)))
                                .with("keys", new JsonObject(keys)));
    }

    /// The next version of a role that stays as it is.
    static JsonObject next(JsonObject signed, Instant expires) {
        long version = ((JsonInteger) member(signed, "version")).value();
        return signed.with("version", new JsonInteger(version + 1))
                .with("expires", new JsonString(ExpiryDate.format(expires)));
    }

    private JsonObject edit(String role, JsonObject listed) {
        Set<String> ids = new LinkedHashSet<>(ids(listed));
        for (String id : remove) {
            if (!ids.remove(id)) {
                throw new RefusedException(
                        "key-unknown",
                        "Key " + id + " does not sign " + role + ". Nothing was changed.",
                        "See versys key show.");
            }
        }
        add.forEach(key -> ids.add(key.computedId()));
        long needed =
                threshold.isPresent()
                        ? threshold.getAsInt()
                        : ((JsonInteger) member(listed, "threshold")).value();
        if (needed > ids.size()) {
            throw new RefusedException(
                    "too-few-keys",
                    role + " would need " + needed + " signatures of " + ids.size() + " keys.",
                    "Add keys first, or lower --threshold. Nothing was changed.");
        }
        return listed.with("keyids", JsonArray.ofStrings(ids))
                .with("threshold", new JsonInteger(needed));
    }

    /// The keys that any of the roles uses, old and new ones; others are dropped.
    private JsonObject keys(JsonObject owner, List<JsonObject> roles) {
        Map<String, JsonValue> keys = new LinkedHashMap<>(object(owner, "keys").members());
        keys.putAll(Drafts.keys(add).members());
        Set<String> used = new LinkedHashSet<>();
        roles.forEach(role -> used.addAll(ids(role)));
        keys.keySet().retainAll(used);
        return new JsonObject(keys);
    }

    private static List<String> ids(JsonObject role) {
        return ((JsonArray) member(role, "keyids"))
                .elements().stream().map(id -> ((JsonString) id).value()).toList();
    }

    private static JsonObject object(JsonObject in, String name) {
        return (JsonObject) member(in, name);
    }

    private static JsonValue member(JsonObject in, String name) {
        JsonValue value = in.members().get(name);
        if (value == null) {
            throw new IllegalArgumentException("verified metadata has no " + name);
        }
        return value;
    }
}
