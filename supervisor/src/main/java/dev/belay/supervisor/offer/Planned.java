package dev.belay.supervisor.offer;

import dev.belay.versys.version.Version;

/// What an update would do.
public sealed interface Planned {
    /// There is a way, and everything is ready for it: an update executes exactly this.
    record Ready(PreparedPlan plan) implements Planned {
        /// What is shown of it.
        public ChainPlan chain() {
            return plan.chain();
        }
    }

    /// There is a way, as signed metadata has it. Nothing was fetched and no release was asked.
    record Outlined(ChainPlan chain) implements Planned {}

    /// The host is where it should be.
    record NothingToDo(Version installed, String message) implements Planned {}

    /// There is no way now.
    ///
    /// @param kind why, for example `blocked`, `dead-end`, `rejected-release`
    /// @param message why, in words
    /// @param help what the reader can do
    record NoWay(String kind, String message, String help) implements Planned {}
}
