package dev.belay.supervisor.deployment;

import java.util.function.Supplier;

/// What is done before and after work on a home that nobody may disturb.
@FunctionalInterface
public interface Guard {
    /// Does the work.
    <T> T during(Supplier<T> work);
}
