package dev.belay.versys.graph;

import java.util.regex.Pattern;

/// The names of products and channels; both stand in paths and URLs.
final class DocumentNames {
    private static final Pattern PRODUCT = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private DocumentNames() {}

    static String product(String name) {
        if (!PRODUCT.matcher(name).matches()) {
            throw new IllegalArgumentException("not a product name: '" + name + "'");
        }
        return name;
    }

    static String channel(String name) {
        if (!CHANNEL.matcher(name).matches()) {
            throw new IllegalArgumentException("not a channel name: '" + name + "'");
        }
        return name;
    }
}
