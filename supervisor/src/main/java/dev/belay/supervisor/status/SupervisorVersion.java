package dev.belay.supervisor.status;

/// The version of this program, as reports, requirements of releases and `--version` see it.
public final class SupervisorVersion {
    /// For example `0.1.0`.
    public static final String TEXT = "0.1.0";

    private SupervisorVersion() {}
}
