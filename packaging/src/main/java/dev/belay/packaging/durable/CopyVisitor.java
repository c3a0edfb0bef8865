package dev.belay.packaging.durable;

import java.io.IOException;

/// Told of everything that a tree copy copies.
@FunctionalInterface
public interface CopyVisitor {
    /// Does not care.
    CopyVisitor NONE = entry -> {};

    /// Called after the entry was copied and before its children; for a regular file its content is
    /// durable by then.
    ///
    /// @throws IOException to stop the copy
    void copied(CopiedEntry entry) throws IOException;

    /// Whether regular files are to be digested while they are copied.
    default boolean wantsDigests() {
        return false;
    }

    /// Called often while content is copied.
    ///
    /// @param bytes how many bytes were copied since the last call
    default void progress(long bytes) {}
}
