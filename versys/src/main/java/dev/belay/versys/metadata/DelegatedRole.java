package dev.belay.versys.metadata;

/// A delegation to a named role.
///
/// @param name not empty and no top-level role's
/// @param keys who signs it
/// @param terminating whether later delegations are not asked when this one matches
/// @param paths what it may sign
public record DelegatedRole(String name, RoleKeys keys, boolean terminating, PathRule paths) {
    static DelegatedRole parse(MetadataFields fields) {
        String name = fields.string("name");
        if (name.isEmpty() || RootMetadata.TOP_LEVEL.contains(name)) {
            throw fields.wrong("name", "neither empty nor a top-level role");
        }
        return new DelegatedRole(
                name,
                RoleKeys.parse(fields),
                fields.bool("terminating", false),
                PathRule.parse(fields));
    }
}
