package dev.belay.versys.graph;

/// The two words that may stand where a range of origins stands.
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
}
