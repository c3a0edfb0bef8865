package dev.belay.versys.version;

import dev.belay.versys.yaml.NearestWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What a range does with pre-releases.
public sealed interface PreReleasePolicy {
    /// The policies that are no classes.
    List<String> WORDS = List.of("exclude", "include", "ignore");

    /// A pre-release matches only where the range itself names a pre-release of the same numbers
    /// (the default, as in node-semver).
    record Excluded() implements PreReleasePolicy {}

    /// Pre-releases of these classes match by their precedence; no class means every one.
    record OptIn(Set<String> classes) implements PreReleasePolicy {
        public OptIn {
            classes = Set.copyOf(classes);
        }
    }

    /// The tag is ignored: `1.14.0-alpha.0` counts as `1.14.0`.
    record TagIgnored() implements PreReleasePolicy {}

    /// Reads `exclude`, `include`, `ignore` or a comma-separated list of classes such as `rc,beta`.
    ///
    /// @throws IllegalArgumentException if it is anything else
    static PreReleasePolicy parse(String text) {
        return switch (text) {
            case "exclude" -> new Excluded();
            case "include" -> new OptIn(Set.of());
            case "ignore" -> new TagIgnored();
            default -> {
                Set<String> classes = new TreeSet<>();
                for (String name : text.split(",", -1)) {
                    if (name.isBlank() || !name.strip().chars().allMatch(Character::isLetter)) {
                        throw new IllegalArgumentException(
                                "pre-release is exclude, include, ignore or classes such as"
                                        + " rc,beta; not '"
                                        + text
                                        + "'");
                    }
                    String known = name.strip().toLowerCase(Locale.ROOT);
                    // A typo would be a class that no release has, and the rule would say nothing.
                    NearestWord.of(known, WORDS)
                            .ifPresent(word -> {
                                throw new IllegalArgumentException(
                                        "'"
                                                + known
                                                + "' is no pre-release policy; is "
                                                + word
                                                + " meant?");
                            });
                    classes.add(known);
                }
                yield new OptIn(classes);
            }
        };
    }
}
