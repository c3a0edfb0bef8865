package dev.belay.versys.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The root role: which keys may sign what (TUF 1.0 §4.3).
///
/// @param consistentSnapshot whether file names carry versions and digests
/// @param keys all keys by id
/// @param roles the four top-level roles
public record RootMetadata(
        Common common,
        boolean consistentSnapshot,
        Map<String, TufKey> keys,
        Map<String, RoleKeys> roles)
        implements RoleMetadata {
    /// The names of the top-level roles.
    public static final List<String> TOP_LEVEL =
            List.of("root", "timestamp", "snapshot", "targets");

    public RootMetadata {
        keys = Map.copyOf(keys);
        roles = Map.copyOf(roles);
    }

    static RootMetadata parse(MetadataFields fields) {
        Map<String, RoleKeys> roles = new LinkedHashMap<>();
        MetadataFields listed = fields.child("roles");
        for (String role : TOP_LEVEL) {
            roles.put(role, RoleKeys.parse(listed.child(role)));
        }
        return new RootMetadata(
                Common.parse("root", fields),
                fields.bool("consistent_snapshot", false),
                fields.map("keys", (id, key) -> TufKey.parse(key)),
                roles);
    }

    /// Who signs a top-level role.
    public Signer signerOf(String role) {
        return new Signer("root", keys, Objects.requireNonNull(roles.get(role), role));
    }
}
