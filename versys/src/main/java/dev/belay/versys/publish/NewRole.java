package dev.belay.versys.publish;

import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.RoleNames;
import java.util.List;

/// A role that `targets` delegates to from now on, with one key; `versys key add` adds more.
///
/// @param name the role
/// @param paths what it may sign
public record NewRole(String name, List<String> paths, TufKey key) {
    /// The role of a product's releases.
    public static NewRole releases(String product, TufKey key) {
        return new NewRole(RoleNames.releases(product), RoleNames.releasePaths(product), key);
    }

    /// The role of one channel.
    public static NewRole channel(String product, String channel, TufKey key) {
        return new NewRole(
                RoleNames.channel(product, channel),
                List.of(RoleNames.channelPath(product, channel)),
                key);
    }

    JsonObject delegation() {
        return Drafts.delegatedRole(name, paths, List.of(key), 1);
    }
}
