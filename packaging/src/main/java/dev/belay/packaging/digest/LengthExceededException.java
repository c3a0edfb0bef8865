package dev.belay.packaging.digest;

import java.io.IOException;

/// A stream went on after the length it was allowed.
public final class LengthExceededException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param maxBytes how many bytes were allowed
    public LengthExceededException(long maxBytes) {
        super("more than the allowed " + maxBytes + " bytes");
    }
}
