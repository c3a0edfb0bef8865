package dev.belay.versys.metadata;

/// The path patterns of delegations (PATHPATTERN, TUF 1.0 §4.5): file name patterns of Unix as
/// Python's `fnmatch` reads them. `*` is any characters, `?` one, `[a-z_]` one of these, `[!a-z]`
/// one other than these; there is no escape. Nothing but `/` itself matches `/`. A character is a
/// code point.
final class ShellPattern {
    private final int[] pattern;

    private ShellPattern(String part) {
        this.pattern = part.codePoints().toArray();
    }

    /// Part by part between the slashes, so that no wildcard and no bracket reaches over one.
    static boolean matches(String pattern, String path) {
        String[] patternParts = pattern.split("/", -1);
        String[] pathParts = path.split("/", -1);
        if (patternParts.length != pathParts.length) {
            return false;
        }
        for (int i = 0; i < pathParts.length; i++) {
            if (!new ShellPattern(patternParts[i]).matches(pathParts[i].codePoints().toArray())) {
                return false;
            }
        }
        return true;
    }

    /// On a mismatch only the last star takes one character more, so that a hostile pattern cannot
    /// make it exponential.
    private boolean matches(int[] text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int starText = 0;
        while (t < text.length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                starText = t;
            } else if (p < pattern.length && oneMatches(p, text[t])) {
                p = next(p);
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    private boolean oneMatches(int p, int character) {
        int next = next(p);
        return next > p + 1
                ? inBrackets(p + 1, next - 1, character)
                : pattern[p] == '?' || pattern[p] == character;
    }

    /// Where the element after this one starts. A bracket that is never closed stands for itself.
    private int next(int p) {
        if (pattern[p] != '[') {
            return p + 1;
        }
        int end = p + 1;
        if (end < pattern.length && pattern[end] == '!') {
            end++;
        }
        // a closing bracket that comes first is one of the characters
        for (end++; end < pattern.length; end++) {
            if (pattern[end] == ']') {
                return end + 1;
            }
        }
        return p + 1;
    }

    private boolean inBrackets(int from, int to, int character) {
        boolean negated = pattern[from] == '!';
        int p = negated ? from + 1 : from;
        while (p < to) {
            boolean range = p + 2 < to && pattern[p + 1] == '-';
            int last = range ? p + 2 : p;
            if (pattern[p] <= character && character <= pattern[last]) {
                return !negated;
            }
            p = last + 1;
        }
        return negated;
    }
}
