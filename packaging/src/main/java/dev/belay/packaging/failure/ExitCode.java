package dev.belay.packaging.failure;

/// What a command's exit status says. An API: documented in `docs/exit-codes.md`, never renumbered.
public enum ExitCode {
    /// Done, or nothing to do.
    DONE(0),
    /// Failed; what had been changed was put back.
    FAILED(1),
    /// The command line was wrong.
    USAGE(2),
    /// Failed, and the old state could not be put back: a person must look.
    NOT_ROLLED_BACK(3),
    /// Refused by preflight or policy before anything changed.
    REFUSED(4),
    /// Signatures, freshness or digests did not verify.
    TRUST(5),
    /// Another supervisor holds the lock.
    LOCKED(6),
    /// `check` only: an update is available.
    UPDATE_AVAILABLE(7);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /// The process exit status, 0 to 7.
    public int status() {
        return status;
    }
}
