package dev.belay.versys.repository;

import dev.belay.versys.metadata.MetadataException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of targets that every file system keeps, and keeps apart: hosts, mirrors and backups may
/// have another one than the server. Pure.
final class TargetNames {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+_~-]*(/[A-Za-z0-9][A-Za-z0-9.+_~-]*)*");
    private static final Pattern RESERVED =
            Pattern.compile(
                    "(^|/)((con|prn|aux|nul|com[0-9]|lpt[0-9])([.][^/]*)?|[^/]*[.])(/|$)",
                    Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_PATH = 200;

    /// With the digest before it the last part must still fit into the 255 bytes of a file's name.
    private static final int LONGEST_PART = 150;

    private TargetNames() {}

    /// @throws MetadataException `metadata-malformed`
    static void requirePlain(String path) {
        if (!PLAIN.matcher(path).matches()) {
            throw unusable(path, "is no plain target path");
        }
    }

    /// @param added paths that are new or changed
    /// @param all every path of their role
    /// @throws MetadataException `metadata-malformed`
    static void requireUsable(Set<String> added, Set<String> all) {
        Map<String, Integer> alike = new HashMap<>();
        all.forEach(path -> alike.merge(path.toLowerCase(Locale.ROOT), 1, Integer::sum));
        for (String path : added) {
            requirePlain(path);
            if (path.length() > LONGEST_PATH || longestPart(path) > LONGEST_PART) {
                throw unusable(path.substring(0, 40) + "…", "is too long for a target path");
            }
            if (RESERVED.matcher(path).find()) {
                throw unusable(path, "has a part that some systems reserve");
            }
            if (alike.getOrDefault(path.toLowerCase(Locale.ROOT), 0) > 1) {
                throw unusable(path, "differs from another path only in case");
            }
        }
    }

    private static int longestPart(String path) {
        return Arrays.stream(path.split("/")).mapToInt(String::length).max().orElse(0);
    }

    private static MetadataException unusable(String path, String why) {
        return MetadataException.malformed(path + " " + why);
    }
}
