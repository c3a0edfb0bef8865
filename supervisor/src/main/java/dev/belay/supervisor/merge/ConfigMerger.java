package dev.belay.supervisor.merge;

/// Merges one configuration file three ways. Implementations are pure and thread-safe.
public interface ConfigMerger {
    /// Merges `base → local` (the admin's edits) and `base → incoming` (the vendor's changes).
    ///
    /// @throws UnmergeableConfigException if a side cannot be parsed in its declared format;
    ///   carries side, line and reason
    MergeResult merge(MergeInput input);
}
