package dev.belay.supervisor.merge;

import java.util.Optional;
import java.util.Set;

/// A piece of a configuration file that is matched and merged as one among its siblings: an
/// element, a comment, a property.
interface Piece {
    /// Offset of its first character in its file.
    int start();

    /// Offset after its last character.
    int end();

    /// Pieces of different kinds never match: the tag, `#comment`, `#text`, `#property`.
    String kind();

    /// The same for two pieces that mean the same: without formatting.
    String canonical();

    /// What tells it from its siblings of the same kind even when its content changes.
    Optional<String> identity();

    /// Features whose overlap says how alike two pieces are.
    Set<String> features();

    /// The features and, weaker, what kinds of features there are: the names of attributes.
    default Set<String> outline() {
        return features();
    }

    /// Whether it only speaks to people: then differences are no conflicts.
    boolean isComment();
}
