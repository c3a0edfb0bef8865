package dev.belay.supervisor.transaction;

import dev.belay.versys.version.Version;

/// The answer of [Updates#plan].
public sealed interface Planned {
    /// There is a way; `update` executes exactly this.
    record Ready(ChainPlan chain) implements Planned {}

    /// The host is where it should be.
    record NothingToDo(Version installed, String message) implements Planned {}

    /// There is no way now.
    ///
    /// @param kind why, for example `blocked`, `dead-end`, `rejected-release`
    /// @param message why, in words
    /// @param help what the reader can do
    record NoWay(String kind, String message, String help) implements Planned {}
}
