package dev.belay.versys.yaml;

import dev.belay.versys.yaml.YamlNode.Mapping;
import dev.belay.versys.yaml.YamlNode.Pair;
import dev.belay.versys.yaml.YamlNode.Scalar;
import dev.belay.versys.yaml.YamlNode.ScalarType;
import dev.belay.versys.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the keys of one mapping strictly. Every wrong value becomes a problem and reads as absent,
/// so that one pass finds all problems; [#done] reports keys that nobody asked for.
public final class MappingReader {
    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /// Reads `mapping`, adding to `problems`.
    public MappingReader(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /// The value of a key, whatever it is.
    public Optional<YamlNode> node(String key) {
        known.add(key);
        return mapping.value(key);
    }

    /// Says that a key must be there.
    public Optional<YamlNode> required(String key, String example) {
        Optional<YamlNode> found = node(key);
        if (found.isEmpty()) {
            problems.at(
                    mapping,
                    "the key " + key + " is missing",
                    "add for example " + key + ": " + example);
        }
        return found;
    }

    /// A text.
    public Optional<Scalar> scalar(String key, String example) {
        return node(key).flatMap(node -> text(node, example));
    }

    /// A text.
    public Optional<String> text(String key, String example) {
        return scalar(key, example).map(Scalar::text);
    }

    /// A text of a given shape.
    public Optional<String> text(String key, Pattern shape, String what, String example) {
        return parsed(
                key,
                what,
                example,
                text -> shape.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    /// A text that a parser turns into a value.
    ///
    /// @param what what the text must be, with its article: `a duration`
    public <T> Optional<T> parsed(
            String key, String what, String example, Function<String, Optional<T>> parser) {
        return scalar(key, example)
                .flatMap(scalar -> {
                    Optional<T> value = parser.apply(scalar.text());
                    if (value.isEmpty()) {
                        problems.at(
                                scalar,
                                quoted(scalar.text()) + " is not " + what,
                                "write for example " + example);
                    }
                    return value;
                });
    }

    /// A duration such as `90s`.
    public Optional<Duration> duration(String key, String example) {
        return parsed(key, "a duration", example, Quantities::duration);
    }

    /// One of a few words.
    public <T> Optional<T> word(String key, Map<String, T> words) {
        Optional<Scalar> found = scalar(key, words.keySet().iterator().next());
        if (found.isPresent() && !words.containsKey(found.get().text())) {
            Scalar scalar = found.get();
            problems.at(
                    scalar,
                    quoted(scalar.text()) + " is not known here",
                    "write "
                            + NearestWord.of(scalar.text(), words.keySet())
                                    .orElse(String.join(" or ", words.keySet())));
        }
        return found.flatMap(scalar -> Optional.ofNullable(words.get(scalar.text())));
    }

    /// `true` or `false`.
    public Optional<Boolean> truth(String key) {
        return node(key)
                .flatMap(node -> {
                    if (node instanceof Scalar scalar && scalar.type() == ScalarType.BOOLEAN) {
                        return Optional.of(scalar.text().equalsIgnoreCase("true"));
                    }
                    wrong(node, "true or false", "true");
                    return Optional.empty();
                });
    }

    /// A whole number in a range.
    public Optional<Integer> number(String key, int least, int most, String example) {
        return node(key).flatMap(node -> number(node, least, most, example));
    }

    /// One whole number in a range, or a list of them; empty if the key is absent.
    public List<Integer> numbers(String key, int least, int most, String example) {
        List<YamlNode> nodes =
                node(key).isPresent() && node(key).get() instanceof Sequence sequence
                        ? sequence.items()
                        : node(key).stream().toList();
        return nodes.stream().flatMap(node -> number(node, least, most, example).stream()).toList();
    }

    private Optional<Integer> number(YamlNode node, int least, int most, String example) {
        if (node instanceof Scalar scalar
                && scalar.type() == ScalarType.INTEGER
                && scalar.text().matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(scalar.text());
            if (value >= least && value <= most) {
                return Optional.of(value);
            }
        }
        wrong(node, "a whole number from " + least + " to " + most, example);
        return Optional.empty();
    }

    /// A mapping below this one.
    public Optional<MappingReader> fields(String key, String example) {
        return node(key).flatMap(node -> mapping(node, example));
    }

    /// The items of a list; empty if the key is absent.
    public List<YamlNode> items(String key, String example) {
        Optional<YamlNode> found = node(key);
        if (found.isPresent()) {
            if (found.get() instanceof Sequence sequence) {
                return sequence.items();
            }
            wrong(found.get(), "a list", example);
        }
        return List.of();
    }

    /// A list of texts.
    public List<String> texts(String key, String example) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key, example)) {
            text(item, example).map(Scalar::text).ifPresent(texts::add);
        }
        return texts;
    }

    /// Keys of the author's own choice with plain values, in file order. Numbers and truth values
    /// are taken as they are written.
    public Map<String, String> plainValues(String key, String example) {
        Map<String, String> values = new LinkedHashMap<>();
        fields(key, example)
                .ifPresent(fields ->
                        fields.mapping
                                .entries()
                                .forEach(entry -> plainValue(entry, example, values)));
        return values;
    }

    private void plainValue(Pair entry, String example, Map<String, String> values) {
        if (entry.value() instanceof Scalar scalar && scalar.type() != ScalarType.NULL) {
            values.put(entry.name(), scalar.text());
        } else {
            wrong(entry.value(), "a plain value", example);
        }
    }

    /// The keys of a node that must be a mapping.
    public Optional<MappingReader> mapping(YamlNode node, String example) {
        if (node instanceof Mapping found) {
            return Optional.of(new MappingReader(found, problems));
        }
        wrong(node, "a mapping", example);
        return Optional.empty();
    }

    /// A node that must be a text.
    public Optional<Scalar> text(YamlNode node, String example) {
        if (node instanceof Scalar scalar) {
            switch (scalar.type()) {
                case TEXT -> {
                    if (!scalar.text().isEmpty()) {
                        return Optional.of(scalar);
                    }
                    problems.at(node, "the text is empty", "write for example " + example);
                }
                case NULL -> wrong(node, "a text", example);
                case INTEGER, DECIMAL, BOOLEAN ->
                        problems.at(
                                node,
                                scalar.kindWords() + " must be a text",
                                "put it in quotes: " + quoted(scalar.text()));
            }
            return Optional.empty();
        }
        wrong(node, "a text", example);
        return Optional.empty();
    }

    /// Reports every key that was not asked for, with the nearest known one.
    public void done() {
        for (Pair entry : mapping.entries()) {
            if (!known.contains(entry.name())) {
                problems.at(
                        entry.key(),
                        "the key " + entry.name() + " is not known here",
                        NearestWord.of(entry.name(), known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("known are " + String.join(", ", known)));
            }
        }
    }

    /// The mapping that is read.
    public Mapping self() {
        return mapping;
    }

    /// Adds a problem to the ones of this document.
    public void problem(YamlNode node, String message, String fix) {
        problems.at(node, message, fix);
    }

    private void wrong(YamlNode node, String what, String example) {
        problems.at(
                node,
                "must be " + what + ", but is " + node.kindWords(),
                "write for example " + example);
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }
}
