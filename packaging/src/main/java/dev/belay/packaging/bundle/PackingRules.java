package dev.belay.packaging.bundle;

import dev.belay.packaging.failure.RefusedException;

/// How a tree is refused that cannot become a bundle.
final class PackingRules {
    private PackingRules() {}

    /// @param reason what is wrong, as the end of a sentence
    static RefusedException notPackable(String reason) {
        return new RefusedException(
                "tree-not-packable",
                "No bundle was written: " + reason + ".",
                "Correct the tree and pack it again.");
    }
}
