package dev.belay.packaging.failure;

import org.jspecify.annotations.Nullable;

/// Signatures, freshness, digests or the shape of an archive did not verify. Nothing was taken over
/// from it.
public class UntrustedException extends BelayException {
    private static final long serialVersionUID = 1;

    /// See [BelayException] for the parameters.
    public UntrustedException(String kind, String message, String help) {
        this(kind, message, help, null);
    }

    /// As above, with the cause kept for `--stacktrace`.
    public UntrustedException(String kind, String message, String help, @Nullable Throwable cause) {
        super(kind, message, help, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.TRUST;
    }
}
