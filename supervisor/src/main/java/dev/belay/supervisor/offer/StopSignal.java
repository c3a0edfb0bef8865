package dev.belay.supervisor.offer;

import dev.belay.packaging.failure.RefusedException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether somebody asked this process to stop, and what a stop must wait for. Preparing changes
/// nothing and is broken off; what changes the home ends its step or puts the hop back.
@FunctionalInterface
public interface StopSignal extends BooleanSupplier {
    /// Does what may be broken off.
    ///
    /// @throws RefusedException `interrupted` if a stop was asked for
    default <T> T preparing(Supplier<T> work) {
        return work.get();
    }

    /// Does what a stop waits for.
    ///
    /// @throws RefusedException `interrupted` if a stop was asked for before it began
    default <T> T changing(Supplier<T> work) {
        return work.get();
    }

    /// What to say then.
    static RefusedException notBegun(@Nullable Throwable cause) {
        return new RefusedException(
                "interrupted",
                "It was asked to stop before it began. Nothing was changed.",
                "Run it again when it suits you.",
                cause);
    }
}
