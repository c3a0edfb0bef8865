package dev.belay.versys.graph;

/// What documents leave unsaid about ranges: the words that may stand for one, and the pre-release
/// policy of those that restrict.
public final class Reserved {
    /// Every origin of lower precedence.
    public static final String OLDER = "older";

    /// No origin.
    public static final String NONE = "none";

    private Reserved() {}

    /// Whether the text is one of the words.
    public static boolean isKeyword(String text) {
        return text.equals(OLDER) || text.equals(NONE);
    }

    /// A range of a rule that restricts (a stop, a block, a risk): it speaks of pre-releases too
    /// unless it says otherwise, since a restriction more is safe.
    public static String restricting(String range) {
        return range.indexOf(';') < 0 ? range + " ;pre-release=include" : range;
    }
}
