package dev.belay.versys.graph;

import dev.belay.packaging.failure.BelayException;
import org.jspecify.annotations.Nullable;

/// A channel document that is not in the format, or contradicts itself. The message says where.
public class InvalidChannelException extends BelayException {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong and where
    public InvalidChannelException(String message, @Nullable Throwable cause) {
        super(
                "channel-invalid",
                message,
                "See docs/format/channel.md; `versys lint` checks a document before it is"
                        + " published.",
                cause);
    }
}
