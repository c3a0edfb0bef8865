package dev.belay.versys.yaml;

import java.util.List;
import java.util.Optional;

/// A piece of a document and where it starts. Lines and columns are 1-based; columns count code
/// points.
public sealed interface YamlNode {
    /// 1-based line.
    int line();

    /// 1-based column in code points.
    int column();

    /// Dotted place in the document, empty at the top.
    String pointer();

    /// `key: value` pairs in file order; keys are unique.
    record Mapping(int line, int column, String pointer, List<Pair> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// The value of a key.
        public Optional<YamlNode> value(String key) {
            return entries.stream()
                    .filter(entry -> entry.name().equals(key))
                    .map(Pair::value)
                    .findFirst();
        }
    }

    /// One pair of a mapping.
    record Pair(Scalar key, YamlNode value) {
        /// The text of the key.
        public String name() {
            return key.text();
        }
    }

    /// Items in file order.
    record Sequence(int line, int column, String pointer, List<YamlNode> items)
            implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A single value. `text` is as written, without quotes and with escapes resolved.
    record Scalar(int line, int column, String pointer, String text, ScalarType type)
            implements YamlNode {}

    /// What a plain scalar means by the YAML 1.2 core schema; anything in quotes is `TEXT`.
    enum ScalarType {
        /// Text.
        TEXT,
        /// A whole number.
        INTEGER,
        /// A number with a fraction or an exponent.
        DECIMAL,
        /// `true` or `false`.
        BOOLEAN,
        /// `null`, `~` or nothing.
        NULL
    }

    /// What this is in words, for messages.
    default String kindWords() {
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar scalar ->
                    switch (scalar.type()) {
                        case TEXT -> "the text \"" + scalar.text() + "\"";
                        case INTEGER, DECIMAL -> "the number " + scalar.text();
                        case BOOLEAN -> "the truth value " + scalar.text();
                        case NULL -> "empty";
                    };
        };
    }
}
