package dev.belay.versys.version;

/// The version of a release as text, for example `11.0.24` or `3.5.1-rc.1+build.7`.
///
/// Two versions are equal when their texts are equal (build metadata counts for identity). Order is
/// not a property of a version alone: a [VersionScheme] gives it. The text is always safe as a file
/// name and in a URL path segment.
public record Version(String text) {
    private static final int LONGEST = 128;

    public Version {
        if (!isSafe(text)) {
            throw new IllegalArgumentException(
                    "not a version (letters, digits and . + _ ~ -, at most "
                            + LONGEST
                            + "): "
                            + (text.length() > LONGEST
                                    ? text.substring(0, LONGEST) + "\u2026"
                                    : text));
        }
    }

    /// Checked by hand, since documents hold tens of thousands of versions.
    private static boolean isSafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric =
                    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!alphanumeric && (i == 0 || ".+_~-".indexOf(c) < 0)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    /// @throws IllegalArgumentException if the text is no version
    public static Version of(String text) {
        return new Version(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
