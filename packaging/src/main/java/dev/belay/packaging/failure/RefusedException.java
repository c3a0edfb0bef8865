package dev.belay.packaging.failure;

import org.jspecify.annotations.Nullable;

/// Refused by preflight or policy before anything was changed.
public class RefusedException extends BelayException {
    private static final long serialVersionUID = 1;

    /// See [BelayException] for the parameters.
    public RefusedException(String kind, String message, String help) {
        this(kind, message, help, null);
    }

    /// As above, with the cause kept for `--stacktrace`.
    public RefusedException(String kind, String message, String help, @Nullable Throwable cause) {
        super(kind, message, help, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.REFUSED;
    }
}
