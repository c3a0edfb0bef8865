package dev.belay.supervisor.settings;

import java.util.Optional;
import java.util.function.Supplier;

/// Whether what an interrupted run left is put back without a person.
public enum RollbackPolicy {
    /// Always; what the newer release wrote is set aside and kept.
    AUTO,
    /// Unless something was written since the newer release was started.
    ASK,
    /// Never.
    HOLD;

    /// Why a person has to decide, in words; empty if none has to.
    ///
    /// @param loss what would be taken out of use, in words; empty if nothing
    public Optional<String> against(Supplier<Optional<String>> loss) {
        return switch (this) {
            case AUTO -> Optional.empty();
            case ASK -> loss.get();
            case HOLD -> Optional.of("supervisor.yaml wants a person to decide");
        };
    }
}
