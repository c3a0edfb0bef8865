package dev.belay.versys.release;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;

/// A text with the placeholders `{version}` (the release's version) and `{config:FILE:KEY}` (a
/// value of a configuration file). There is no escape: any other brace is refused.
public final class Template {
    private final String text;
    private final List<Part> parts;

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record VersionPart() implements Part {}

    /// A value of a configuration file.
    ///
    /// @param file relative to the release
    /// @param key in the file's own terms: a property's name, or a path such as
    ///   `/Server/Service/Connector[1]/@port`
    public record ConfigValue(String file, String key) implements Part {}

    /// Finds the value of a configuration file.
    @FunctionalInterface
    public interface Lookup {
        /// The value as text.
        String value(ConfigValue wanted);
    }

    /// Parses a text.
    ///
    /// @throws IllegalArgumentException with the reason if a brace starts or ends no placeholder
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            String literal = text.substring(at, open < 0 ? text.length() : open);
            if (literal.indexOf('}') >= 0) {
                throw new IllegalArgumentException("a } without its {");
            }
            if (!literal.isEmpty()) {
                parts.add(new Literal(literal));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("a { without its }");
            }
            parts.add(placeholder(text.substring(open + 1, close)));
            at = close + 1;
        }
        return new Template(text, parts);
    }

    private static Part placeholder(String inside) {
        if (inside.equals("version")) {
            return new VersionPart();
        }
        String[] words = inside.split(":", 3);
        if (words.length == 3
                && words[0].equals("config")
                && !words[1].isEmpty()
                && !words[2].isEmpty()) {
            return new ConfigValue(words[1], words[2]);
        }
        throw new IllegalArgumentException("{" + inside + "} is no placeholder");
    }

    /// The configuration values that it needs.
    public List<ConfigValue> configValues() {
        return parts.stream()
                .filter(ConfigValue.class::isInstance)
                .map(ConfigValue.class::cast)
                .toList();
    }

    /// Whether the release's version is in it.
    public boolean namesVersion() {
        return parts.stream().anyMatch(VersionPart.class::isInstance);
    }

    /// The text with every placeholder filled.
    public String fill(Version version, Lookup lookup) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case VersionPart _ -> version.text();
                        case ConfigValue wanted -> lookup.value(wanted);
                    });
        }
        return filled.toString();
    }

    /// The text as written.
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
