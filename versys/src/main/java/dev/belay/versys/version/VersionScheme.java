package dev.belay.versys.version;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/// How the versions of a product are written and ordered. A closed set; immutable.
public final class VersionScheme {
    /// Strict SemVer 2.0.0, no leading `v`; Semver4j reads it, so the three numbers go up to
    /// 2147483647.
    public static final VersionScheme SEMVER = new VersionScheme("semver", 3, 3, false, Map.of());

    /// Two to four numbers, for example `9.0.117`, with an optional pre-release tag and build
    /// metadata as in SemVer. Missing numbers count as zero.
    public static final VersionScheme NUMERIC = new VersionScheme("numeric", 2, 4, false, Map.of());

    /// One to four numbers that may start with zero, for example `2026.04.1`.
    public static final VersionScheme CALVER = new VersionScheme("calver", 1, 4, true, Map.of());

    private final String name;
    private final int fewest;
    private final int places;
    private final boolean leadingZeros;
    private final Map<String, Integer> published;

    private VersionScheme(
            String name,
            int fewest,
            int places,
            boolean leadingZeros,
            Map<String, Integer> published) {
        this.name = name;
        this.fewest = fewest;
        this.places = places;
        this.leadingZeros = leadingZeros;
        this.published = published;
    }

    /// Names without meaning, ordered as published, oldest first. It accepts no other name.
    public static VersionScheme opaque(List<Version> published) {
        Map<String, Integer> order = HashMap.newHashMap(published.size());
        for (Version version : published) {
            order.putIfAbsent(version.text(), order.size());
        }
        return new VersionScheme("opaque", 0, 0, false, Map.copyOf(order));
    }

    /// The scheme of that name.
    ///
    /// @param published the publish order, which only `opaque` needs
    /// @throws IllegalArgumentException if there is none
    public static VersionScheme named(String name, List<Version> published) {
        return switch (name) {
            case "semver" -> SEMVER;
            case "numeric" -> NUMERIC;
            case "calver" -> CALVER;
            case "opaque" -> opaque(published);
            default ->
                    throw new IllegalArgumentException(
                            "unknown version scheme '"
                                    + name
                                    + "': semver, numeric, calver or opaque");
        };
    }

    /// The scheme's name in documents: `semver`, `numeric`, `calver` or `opaque`.
    public String name() {
        return name;
    }

    /// What orders this version.
    ///
    /// @throws IllegalArgumentException if the version does not belong to the scheme
    public VersionKey key(Version version) {
        if (name.equals("semver")) {
            return semver(version.text());
        }
        if (!isOpaque()) {
            return numbered(version.text());
        }
        Integer place = published.get(version.text());
        if (place == null) {
            throw new IllegalArgumentException(
                    "opaque version " + version + " is not among the published ones");
        }
        return new VersionKey(new BigInteger[] {BigInteger.valueOf(place)}, List.of());
    }

    private VersionKey numbered(String text) {
        return NumberedVersions.parse(name, text, fewest, places, leadingZeros);
    }

    /// Semver4j takes a leading `v`, and does not say what is wrong with what it refuses.
    private VersionKey semver(String text) {
        @Nullable Semver parsed = text.startsWith("v") ? null : Semver.parse(text);
        if (parsed == null) {
            numbered(text);
            throw new IllegalArgumentException(
                    "not a semver version: "
                            + text
                            + " (its numbers go up to "
                            + Integer.MAX_VALUE
                            + "; the scheme numeric has larger ones)");
        }
        return VersionKey.of(parsed);
    }

    /// Whether versions are names without meaning.
    public boolean isOpaque() {
        return places == 0;
    }

    /// Whether the version belongs to the scheme.
    public boolean accepts(Version version) {
        try {
            key(version);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    int places() {
        return places;
    }

    int fewest() {
        return fewest;
    }

    boolean leadingZeros() {
        return leadingZeros;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionScheme scheme
                && name.equals(scheme.name)
                && published.equals(scheme.published);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
