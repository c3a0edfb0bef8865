package dev.belay.versys.version;

import java.util.regex.Pattern;

/// The version of a release as text, for example `11.0.24` or `3.5.1-rc.1+build.7`.
///
/// Two versions are equal when their texts are equal (build metadata counts for identity). Order is
/// not a property of a version alone: a [VersionScheme] gives it. The text is always safe as a file
/// name and in a URL path segment.
public record Version(String text) {
    private static final Pattern SAFE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_~-]{0,127}");

    public Version {
        if (!SAFE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a version (letters, digits and . + _ ~ -, at most 128): " + text);
        }
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
