package dev.belay.versys.release;

import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.RelativePath;
import dev.belay.versys.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kinds of values that several parts of release.yaml share.
final class Located {
    private Located() {}

    /// A strict version range, kept as text.
    static Optional<String> range(MappingReader fields, String key, String example) {
        return fields.parsed(key, "a version range", example, Ranges::checked);
    }

    /// Names of the author's own choice with strict version ranges, `*` for any version.
    static Map<String, String> ranges(MappingReader fields, String key, String example) {
        Map<String, String> ranges = new LinkedHashMap<>();
        fields.fields(key, example)
                .ifPresent(inner ->
                        inner.self()
                                .entries()
                                .forEach(entry ->
                                        range(inner, entry.name(), ">=22")
                                                .ifPresent(
                                                        range -> ranges.put(entry.name(), range))));
        return ranges;
    }

    /// A safe relative file path.
    static Optional<String> path(MappingReader fields, String key, String example) {
        Optional<String> path =
                fields.scalar(key, example)
                        .map(YamlNode.Scalar::text)
                        .filter(text -> safe(fields, key, text));
        return path;
    }

    private static boolean safe(MappingReader fields, String key, String text) {
        Optional<String> complaint =
                text.endsWith("/") ? Optional.of("is a directory") : RelativePath.complaint(text);
        complaint.ifPresent(words ->
                fields.problem(
                        fields.node(key).orElse(fields.self()),
                        "the path \"" + text + "\" " + words,
                        "write a path inside the release with /, for example conf/app.xml"));
        return complaint.isEmpty();
    }

    /// Program and arguments: at least one.
    static Optional<List<String>> argv(MappingReader fields, String key, String example) {
        Optional<YamlNode> node = fields.node(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = fields.texts(key, example);
        if (words.isEmpty() && node.get() instanceof YamlNode.Sequence) {
            fields.problem(node.get(), "the list is empty", "write for example " + example);
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(words));
    }
}
