package dev.belay.versys.metadata;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// To whom a targets role delegates: named roles in order of priority, or one succinct set of hash
/// bins (TUF 1.0 §4.5, TAP 15).
///
/// @param keys all keys of this delegator by id
/// @param roles in order of priority; empty with `bins`
/// @param bins instead of `roles`
public record Delegations(
        Map<String, TufKey> keys, List<DelegatedRole> roles, Optional<SuccinctRoles> bins) {

    /// One role that is to be asked for a target.
    ///
    /// @param terminating whether roles after it must not be asked
    public record Step(String role, boolean terminating) {}

    public Delegations {
        keys = Map.copyOf(keys);
        roles = List.copyOf(roles);
    }

    static Delegations parse(MetadataFields fields) {
        if (fields.has("roles") == fields.has("succinct_roles")) {
            throw fields.wrong("roles", "there, or succinct_roles, but not both");
        }
        List<DelegatedRole> roles =
                fields.has("roles")
                        ? fields.objects("roles").stream().map(DelegatedRole::parse).toList()
                        : List.of();
        Set<String> names = new HashSet<>();
        for (DelegatedRole role : roles) {
            if (!names.add(role.name())) {
                throw fields.wrong("roles", "a list of roles with distinct names");
            }
        }
        return new Delegations(
                fields.map("keys", (id, key) -> TufKey.parse(key)),
                roles,
                fields.optionalChild("succinct_roles").map(SuccinctRoles::parse));
    }

    /// The roles that may sign that path, in the order in which they are to be asked.
    public List<Step> stepsFor(String targetPath) {
        if (bins.isPresent()) {
            return List.of(new Step(bins.get().roleFor(targetPath), false));
        }
        return roles.stream()
                .filter(role -> role.paths().matches(targetPath))
                .map(role -> new Step(role.name(), role.terminating()))
                .toList();
    }

    /// Who signs the role that is delegated to here, if it is.
    ///
    /// @param delegator the name of this delegator, for messages
    public Optional<Signer> signerOf(String delegator, String role) {
        if (bins.isPresent()) {
            return bins.filter(set -> set.contains(role))
                    .map(set -> new Signer(delegator, keys, set.keys()));
        }
        return roles.stream()
                .filter(named -> Objects.equals(named.name(), role))
                .findFirst()
                .map(named -> new Signer(delegator, keys, named.keys()));
    }
}
