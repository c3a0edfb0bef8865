package dev.belay.packaging.archive;

import java.util.Optional;

/// Decides by the text alone whether a symlink stays inside its tree.
///
/// A target may climb with `..` only at its beginning. There it climbs through directories that are
/// known to be real, because nothing may lie below a symlink; after a name, `..` could climb out of
/// whatever a link of that name leads to. What follows is inside the tree, and if it meets another
/// link, the same holds for that one.
public final class LinkTargets {
    private LinkTargets() {}

    /// What is wrong with a link, as the end of a sentence; empty if nothing is.
    ///
    /// @param path where the link is, relative to the root of the tree
    /// @param target what is written in it
    public static Optional<String> problem(String path, String target) {
        String link = "the link " + EntryNames.printable(path);
        String rest = target;
        int up = 0;
        while (rest.equals("..") || rest.startsWith("../")) {
            rest = rest.equals("..") ? "" : rest.substring(3);
            up++;
        }
        long depth = path.chars().filter(c -> c == '/').count();
        if (up > depth) {
            return Optional.of(link + " leads out of the tree");
        }
        if (rest.isEmpty() && up > 0) {
            return Optional.empty();
        }
        return EntryNames.problem(rest).map(problem -> link + ": in its target " + problem);
    }
}
