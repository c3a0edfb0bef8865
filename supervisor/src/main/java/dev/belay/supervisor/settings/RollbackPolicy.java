package dev.belay.supervisor.settings;

/// Whether what an interrupted run left is put back without a person.
public enum RollbackPolicy {
    /// Always; what the newer release wrote is set aside and kept.
    AUTO,
    /// Unless something was written since the newer release was started.
    ASK,
    /// Never.
    HOLD
}
