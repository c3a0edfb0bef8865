package dev.belay.packaging.archive;

import dev.belay.packaging.failure.UntrustedException;
import org.jspecify.annotations.Nullable;

/// An archive broke a rule and was rejected as a whole; what was unpacked of it was removed.
public final class HostileArchiveException extends UntrustedException {
    private static final long serialVersionUID = 1;
    private final String reason;

    /// @param reason which rule, with names already made printable; the end of a sentence
    public HostileArchiveException(String reason) {
        this(reason, null);
    }

    /// As above, with the cause kept.
    public HostileArchiveException(String reason, @Nullable Throwable cause) {
        super(
                "archive-rejected",
                "The archive was rejected and nothing was taken from it: " + reason + ".",
                "Get the archive again from its publisher; if it stays so, report it to them.",
                cause);
        this.reason = reason;
    }

    /// Which rule was broken, as the end of a sentence.
    public String reason() {
        return reason;
    }
}
