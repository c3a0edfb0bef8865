package dev.belay.versys.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.semver4j.Semver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// node-semver's tables and the list of semver.org. Where node-semver and SemVer 2.0.0 disagree
/// (leading `v`, numbers above 2^53), SemVer 2.0.0 is followed, but for the size of numbers:
/// Semver4j reads versions, and its numbers are those of an `int`. Loose mode does not exist here.
class SemverFixturesTest {
    private static final JsonNode FIXTURES = read();

    private static JsonNode read() {
        try (InputStream in =
                SemverFixturesTest.class.getResourceAsStream("/graphs/semver-fixtures.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode table(String name) {
        return FIXTURES.get("node_semver").get(name);
    }

    private static boolean isLoose(JsonNode row, int place) {
        JsonNode options = row.get(place);
        return options != null
                && (options.isBoolean()
                        ? options.asBoolean()
                        : options.has("loose") && truthy(options.get("loose")));
    }

    private static boolean truthy(JsonNode value) {
        return value.isBoolean() ? value.asBoolean() : value.isNumber() && value.asInt() != 0;
    }

    private static boolean includes(JsonNode row, int place) {
        JsonNode options = row.get(place);
        return options != null && options.isObject() && options.has("includePrerelease");
    }

    private static VersionKey key(String version) {
        return VersionScheme.SEMVER.key(Version.of(version));
    }

    private static VersionRange range(JsonNode row) {
        return VersionRange.parse(
                row.get(0).asString() + (includes(row, 2) ? " ;pre-release=include" : ""),
                VersionScheme.SEMVER);
    }

    @Test
    void acceptsWhatSemverAccepts() {
        for (JsonNode version : FIXTURES.get("semver_org_valid")) {
            assertThat(VersionScheme.SEMVER.accepts(Version.of(version.asString())))
                    .as(version.asString())
                    .isEqualTo(!version.asString().startsWith("99999999999999999999999."));
        }
        for (JsonNode row : table("valid-versions")) {
            String version = row.get(0).asString();
            assertThat(VersionScheme.SEMVER.accepts(Version.of(version)))
                    .as(version)
                    .isEqualTo(!version.startsWith("v"));
        }
    }

    @Test
    void refusesWhatSemverRefuses() {
        for (JsonNode version : FIXTURES.get("semver_org_invalid")) {
            assertThatThrownBy(() -> key(version.asString()))
                    .as(version.asString())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (JsonNode row : table("invalid-versions")) {
            String version = row.get(0).isString() ? row.get(0).asString() : row.get(0).toString();
            assertThat(isVersion(version)).as(version).isFalse();
        }
    }

    private static boolean isVersion(String text) {
        try {
            key(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Test
    void ordersAsTheSpecificationDoes() {
        List<VersionKey> ascending = new ArrayList<>();
        FIXTURES.get("spec11_ascending").forEach(version -> ascending.add(key(version.asString())));
        assertThat(ascending).isSorted().doesNotHaveDuplicates();
        for (JsonNode row : table("comparisons")) {
            if (!isLoose(row, 2)) {
                assertThat(key(row.get(0).asString()))
                        .as("%s", row)
                        .isGreaterThan(key(row.get(1).asString()));
            }
        }
        for (JsonNode row : table("equality")) {
            String left = row.get(0).asString();
            String right = row.get(1).asString();
            if (isVersion(left) && isVersion(right)) {
                assertThat(key(left)).isEqualTo(key(right)).hasSameHashCodeAs(key(right));
                assertThat(Version.of(left)).isNotEqualTo(Version.of(right));
            }
        }
    }

    @Test
    void numbersEndWhereSemver4jEnds() {
        assertThat(key("2147483647.0.0")).isGreaterThan(key("2147483646.0.0"));
        assertThatThrownBy(() -> key("1.0.20261120093000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("up to 2147483647")
                .hasMessageContaining("numeric");
        String huge = "9".repeat(40);
        assertThat(key("1.0.0-" + huge)).isGreaterThan(key("1.0.0-" + "8".repeat(40)));
        assertThat(VersionScheme.NUMERIC.key(Version.of(huge + ".1.0")))
                .isGreaterThan(VersionScheme.NUMERIC.key(Version.of(huge + ".0.1")));
        assertThat(VersionRange.parse("<" + huge + ".0.0", VersionScheme.SEMVER))
                .matches(range -> range.matches(key("2147483647.0.0")));
    }

    @Test
    void refusesOverlongVersionsWithoutRepeatingThem() {
        assertThat(key("1.0.0-" + "a".repeat(122))).isNotNull();
        assertThatThrownBy(() -> key("1.0.0-" + "a".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 128")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    /// Why Semver4j reads versions but does not order them. When this fails, let it.
    @Test
    void semver4jOrdersTagsUnlikeTheSpecification() {
        Semver two = new Semver("1.2.3-r2");
        Semver hundred = new Semver("1.2.3-r100");
        assertThat(two).isLessThan(hundred);
        assertThat(key("1.2.3-r2")).isGreaterThan(key("1.2.3-r100"));
    }

    @Test
    void agreesWithSemver4jOnTheOrderOfPlainTags() {
        Random random = new Random(20261120);
        List<String> tags =
                List.of("", "-alpha", "-alpha.1", "-rc.2", "-rc.10", "-0", "-x-y", "+b1");
        for (int i = 0; i < 5000; i++) {
            String left = random(random) + tags.get(random.nextInt(tags.size()));
            String right = random(random) + tags.get(random.nextInt(tags.size()));
            assertThat(Integer.signum(key(left).compareTo(key(right))))
                    .as("%s and %s", left, right)
                    .isEqualTo(
                            Integer.signum(
                                    Objects.requireNonNull(Semver.parse(left))
                                            .compareTo(
                                                    Objects.requireNonNull(Semver.parse(right)))));
        }
    }

    private static String random(Random random) {
        return random.nextInt(3) + "." + random.nextInt(3) + "." + random.nextInt(12);
    }

    @Test
    void rangesIncludeWhatTheyDoInNode() {
        int checked = 0;
        for (JsonNode row : table("range-include")) {
            if (isLoose(row, 2) || row.get(0).asString().contains("v")) {
                continue;
            }
            if (isVersion(row.get(1).asString())) {
                assertThat(range(row).matches(Version.of(row.get(1).asString())))
                        .as("%s", row)
                        .isTrue();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void rangesExcludeWhatTheyDoInNode() {
        int checked = 0;
        for (JsonNode row : table("range-exclude")) {
            boolean comparable = row.get(1).isString() && isVersion(row.get(1).asString());
            if (!isLoose(row, 2) && !row.get(0).asString().contains("v") && comparable) {
                assertThat(range(row).matches(Version.of(row.get(1).asString())))
                        .as("%s", row)
                        .isFalse();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(80);
    }

    /// node-semver says what a range means in plain comparisons; both must match the same versions.
    @Test
    void rangesMeanWhatTheyMeanInNode() {
        Set<String> samples = new LinkedHashSet<>();
        for (String name : List.of("range-include", "range-exclude")) {
            for (JsonNode row : table(name)) {
                if (row.get(1).isString() && isVersion(row.get(1).asString())) {
                    samples.add(row.get(1).asString());
                }
            }
        }
        for (JsonNode row : table("range-parse")) {
            String text = row.get(0).asString();
            if (isLoose(row, 2) || text.contains("v")) {
                continue;
            }
            if (row.get(1).isNull()) {
                if (!text.contains("9007199254740991")) {
                    assertThatThrownBy(() -> range(row))
                            .as(text)
                            .isInstanceOf(IllegalArgumentException.class);
                }
                continue;
            }
            if (isGarbageThatNodeAccepts(text)) {
                assertThatThrownBy(() -> range(row))
                        .as(text)
                        .isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            boolean include = includes(row, 2);
            VersionRange meant =
                    VersionRange.parse(
                            row.get(1).asString() + (include ? " ;pre-release=include" : ""),
                            VersionScheme.SEMVER);
            VersionRange actual = range(row);
            for (String sample : samples) {
                assertThat(actual.matches(Version.of(sample)))
                        .as("%s for %s", row, sample)
                        .isEqualTo(meant.matches(Version.of(sample)));
            }
        }
    }

    /// `>x` can match nothing, and a pre-release tag after a wildcard is ignored by node.
    private static boolean isGarbageThatNodeAccepts(String text) {
        return text.matches("(?i).*[<>] ?x.*")
                || text.contains("* ||") && text.contains("<x")
                || text.contains(".x-")
                || text.contains("> *")
                || text.contains(">x");
    }
}
