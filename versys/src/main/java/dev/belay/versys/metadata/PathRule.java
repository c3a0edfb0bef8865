package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which target paths a delegated role may sign.
public sealed interface PathRule {
    /// Whether the path is one of them.
    boolean matches(String targetPath);

    /// Shell-style patterns: `*` any characters, `?` one character, neither of them `/`.
    record Patterns(List<String> patterns) implements PathRule {
        @Override
        public boolean matches(String targetPath) {
            return patterns.stream().anyMatch(pattern -> glob(pattern, targetPath));
        }

        /// Linear in time for each `*`: on a mismatch only the last star takes one character more,
        /// so that a hostile pattern cannot make it exponential.
        private static boolean glob(String pattern, String text) {
            int p = 0;
            int t = 0;
            int star = -1;
            int starText = 0;
            while (t < text.length()) {
                char c = text.charAt(t);
                if (p < pattern.length() && pattern.charAt(p) == '*') {
                    star = p++;
                    starText = t;
                } else if (p < pattern.length()
                        && (pattern.charAt(p) == c || (pattern.charAt(p) == '?' && c != '/'))) {
                    p++;
                    t++;
                } else if (star >= 0 && text.charAt(starText) != '/') {
                    p = star + 1;
                    t = ++starText;
                } else {
                    return false;
                }
            }
            while (p < pattern.length() && pattern.charAt(p) == '*') {
                p++;
            }
            return p == pattern.length();
        }
    }

    /// Prefixes of the SHA-256 of the path in hex.
    record HashPrefixes(List<String> prefixes) implements PathRule {
        @Override
        public boolean matches(String targetPath) {
            String hash = Digest.sha256(targetPath.getBytes(StandardCharsets.UTF_8)).hex();
            return prefixes.stream().anyMatch(hash::startsWith);
        }
    }

    /// Reads `paths` or `path_hash_prefixes`, exactly one of which must be there.
    static PathRule parse(Fields fields) {
        if (fields.has("paths") == fields.has("path_hash_prefixes")) {
            throw fields.wrong("paths", "there, or path_hash_prefixes, but not both");
        }
        return fields.has("paths")
                ? new Patterns(fields.strings("paths"))
                : new HashPrefixes(fields.strings("path_hash_prefixes"));
    }
}
