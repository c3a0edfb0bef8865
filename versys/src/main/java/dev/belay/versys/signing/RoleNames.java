package dev.belay.versys.signing;

import java.util.List;

/// The delegated roles of a product and the target paths that they sign.
public final class RoleNames {
    private RoleNames() {}

    /// The role that signs a product's releases.
    public static String releases(String product) {
        return product + "-releases";
    }

    /// The role that signs one channel's document.
    public static String channel(String product, String channel) {
        return product + "-channel-" + channel;
    }

    /// Whether a role signs a channel of that product.
    public static boolean isChannelOf(String product, String role) {
        return role.startsWith(product + "-channel-");
    }

    /// What the release role may sign.
    public static List<String> releasePaths(String product) {
        return List.of(product + "/releases/*/*");
    }

    /// The one path that a channel's role may sign.
    public static String channelPath(String product, String channel) {
        return product + "/channels/" + channel + ".json";
    }

    /// Where a bundle is found.
    public static String bundlePath(String product, String version, String platform) {
        return product
                + "/releases/"
                + version
                + "/"
                + product
                + "-"
                + version
                + "-"
                + platform
                + ".tgz";
    }
}
