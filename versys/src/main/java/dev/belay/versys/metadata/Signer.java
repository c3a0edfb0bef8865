package dev.belay.versys.metadata;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that other roles are signed for: the root for the top-level roles, a targets role for
/// the roles it delegates to.
///
/// @param name for messages
/// @param keys all keys that the signer lists, by id
/// @param role who of them may sign, and how many must
public record Signer(String name, Map<String, TufKey> keys, RoleKeys role) {

    /// Checks that enough distinct keys of the role signed the file.
    ///
    /// A broken signature beside enough good ones does not matter; one key listed under two ids
    /// counts once.
    ///
    /// @param what the signed role, for the message
    /// @throws MetadataException `metadata-unsigned`
    public void verify(String what, SignedFile<?> file) {
        Set<String> good = goodSignatures(file);
        if (good.size() < role.threshold()) {
            throw MetadataException.unsigned(what, name, good.size(), role.threshold());
        }
    }

    /// The identities of the keys of this role that signed the file.
    public Set<String> goodSignatures(SignedFile<?> file) {
        Set<String> good = new HashSet<>();
        for (String keyId : role.keyIds()) {
            @Nullable TufKey key = keys.get(keyId);
            byte @Nullable [] signature = file.signature(keyId);
            if (key != null
                    && signature != null
                    && key.verifies(file.canonicalSigned(), signature)) {
                good.add(key.identity());
            }
        }
        return good;
    }
}
