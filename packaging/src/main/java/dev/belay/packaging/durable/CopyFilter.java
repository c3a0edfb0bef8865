package dev.belay.packaging.durable;

import java.nio.file.Path;

/// Decides what a tree copy takes.
@FunctionalInterface
public interface CopyFilter {
    /// Takes everything.
    CopyFilter ALL = relative -> true;

    /// @param relative the path below the root of the copy, never empty
    /// @return whether to copy it; a directory that is left out is not entered
    boolean accepts(Path relative);
}
