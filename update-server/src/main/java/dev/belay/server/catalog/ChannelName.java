package dev.belay.server.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/// A channel of a product, for example `shop` and `stable`. Both parts are safe in a path.
public record ChannelName(String product, String channel) implements Comparable<ChannelName> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public ChannelName {
        if (!isName(product) || !isName(channel)) {
            throw new IllegalArgumentException("not a product and a channel");
        }
    }

    /// Whether a text can name a product or a channel.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// @return empty if either is no name
    public static Optional<ChannelName> of(String product, String channel) {
        return isName(product) && isName(channel)
                ? Optional.of(new ChannelName(product, channel))
                : Optional.empty();
    }

    @Override
    public int compareTo(ChannelName other) {
        int byProduct = product.compareTo(other.product);
        return byProduct != 0 ? byProduct : channel.compareTo(other.channel);
    }
}
