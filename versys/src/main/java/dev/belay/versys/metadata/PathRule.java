package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which target paths a delegated role may sign.
public sealed interface PathRule {
    /// Whether the path is one of them.
    boolean matches(String targetPath);

    /// Shell-style patterns, see [ShellPattern].
    record Patterns(List<String> patterns) implements PathRule {
        @Override
        public boolean matches(String targetPath) {
            return patterns.stream().anyMatch(it -> ShellPattern.matches(it, targetPath));
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
    static PathRule parse(MetadataFields fields) {
        if (fields.has("paths") == fields.has("path_hash_prefixes")) {
            throw fields.wrong("paths", "there, or path_hash_prefixes, but not both");
        }
        return fields.has("paths")
                ? new Patterns(fields.strings("paths"))
                : new HashPrefixes(fields.strings("path_hash_prefixes"));
    }
}
