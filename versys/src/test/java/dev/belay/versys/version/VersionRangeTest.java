package dev.belay.versys.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    private static boolean matches(VersionScheme scheme, String range, String version) {
        return VersionRange.parse(range, scheme).matches(Version.of(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                ">1.2.3 garbage",
                "1.x.3",
                ">x",
                "<*",
                "1.2.3.4",
                "=>1.2.3",
                ">= ",
                "1.2.3 -",
                "01.2.3",
                "v1.2.3",
                "1.2.3 && 2",
                "~",
                "^",
                "1.x-rc",
                ">=1.0.0 ;pre-release=",
                "1.0.0;x",
                "1.0.0 ;pre-release=rc2",
                "1..2",
                "1.2.3-01",
                "1.2.3+",
                "- 1.2.3"
            })
    void refusesGarbage(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text, VersionScheme.SEMVER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "^0, 0.9.9, true", "^0, 1.0.0, false", "^0.x, 0.5.0, true", "^0.0, 0.0.9, true",
        "^0.0, 0.1.0, false", "^0.0.x, 0.0.4, true", "x, 1.2.3, true", "||, 1.2.3, true"
    })
    void coversWhatOtherParsersGetWrong(String range, String version, boolean expected) {
        assertThat(matches(VersionScheme.SEMVER, range, version)).isEqualTo(expected);
    }

    @Test
    void preReleasesAreExcludedUnlessNamedOptedInOrIgnored() {
        assertThat(matches(VersionScheme.SEMVER, ">=1.0.0", "1.1.0-rc.1")).isFalse();
        assertThat(matches(VersionScheme.SEMVER, ">=1.1.0-beta", "1.1.0-rc.1")).isTrue();
        assertThat(matches(VersionScheme.SEMVER, ">=1.0.0 ;pre-release=rc", "1.1.0-rc.1")).isTrue();
        assertThat(matches(VersionScheme.SEMVER, ">=1.0.0 ;pre-release=rc", "1.1.0-RC2")).isTrue();
        assertThat(matches(VersionScheme.SEMVER, ">=1.0.0 ;pre-release=rc,beta", "1.1.0-alpha"))
                .isFalse();
        assertThat(matches(VersionScheme.SEMVER, ">=1.0.0 ;pre-release=include", "1.1.0-alpha"))
                .isTrue();
        assertThat(matches(VersionScheme.SEMVER, "<1.14.0 ;pre-release=ignore", "1.14.0-alpha"))
                .isFalse();
        assertThat(matches(VersionScheme.SEMVER, ">=1.10.0 ;pre-release=ignore", "1.10.0-alpha"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "9.0.x, 9.0.117, true",
        "9.0.117, 9.0.117, true",
        ">9.0.116, 9.0.117, true",
        "<=9.0.116, 9.0.117, false",
        "33.0.8, 33.0.8.2, true",
        "~33.0, 33.1.0, false",
        ">=8.18, 8.18, true",
        "8.18, 8.19, false",
        "^9.0.1, 9.5, true",
        ">=11.0.0-M1, 11.0.0, true"
    })
    void numericVersionsHaveTwoToFourNumbers(String range, String version, boolean expected) {
        assertThat(matches(VersionScheme.NUMERIC, range, version)).isEqualTo(expected);
    }

    /// Numbers around the one from which on they are compared in another way.
    private static final List<String> NUMBERS =
            List.of("0", "1", "2097150", "2097151", "2097152", "2097153", "99999999999999999999");

    @Test
    void numbersOrderWhateverTheirSize() {
        List<Version> ascending = new ArrayList<>();
        for (String major : NUMBERS) {
            for (String minor : NUMBERS) {
                for (String patch : NUMBERS) {
                    ascending.add(Version.of(major + "." + minor + "." + patch + "-rc"));
                    ascending.add(Version.of(major + "." + minor + "." + patch));
                    ascending.add(Version.of(major + "." + minor + "." + patch + ".1"));
                }
            }
        }
        List<Version> sorted = new ArrayList<>(ascending.reversed());
        sorted.sort(Comparator.comparing(VersionScheme.NUMERIC::key));
        assertThat(sorted).isEqualTo(ascending);
    }

    @Test
    void aKeyTellsTheNumbersOfItsVersionAndMissingOnesAreZero() {
        for (String text : NUMBERS) {
            BigInteger number = new BigInteger(text);
            VersionKey two = VersionScheme.NUMERIC.key(Version.of("7." + text));
            VersionKey four = VersionScheme.NUMERIC.key(Version.of("7." + text + ".0.0"));
            VersionKey last = VersionScheme.NUMERIC.key(Version.of("7.8.9." + text));
            assertThat(two.number(0)).isEqualTo(BigInteger.valueOf(7));
            assertThat(two.number(1)).isEqualTo(four.number(1)).isEqualTo(number);
            assertThat(two.number(3)).isEqualTo(four.number(3)).isZero();
            assertThat(last.number(2)).isEqualTo(BigInteger.valueOf(9));
            assertThat(last.number(3)).isEqualTo(number);
            assertThat(two).isEqualTo(four).hasSameHashCodeAs(four);
        }
    }

    @Test
    void keysOfASeriesShareTheirFirstNumbersWhateverTheirSize() {
        for (String left : NUMBERS) {
            for (String right : NUMBERS) {
                VersionKey key = VersionScheme.NUMERIC.key(Version.of("7." + left + ".1"));
                VersionKey other = VersionScheme.NUMERIC.key(Version.of("7." + right + ".1.5"));
                boolean same = left.equals(right);
                assertThat(key.sharesNumbers(other, 1)).isTrue();
                assertThat(key.sharesNumbers(other, 2)).isEqualTo(same);
                assertThat(other.sharesNumbers(key, 3)).isEqualTo(same);
            }
        }
    }

    @Test
    void calendarVersionsMayStartWithZero() {
        assertThat(matches(VersionScheme.CALVER, ">=2026.04", "2026.4.1")).isTrue();
        assertThat(matches(VersionScheme.CALVER, "2026.04.x", "2026.04.02")).isTrue();
        assertThat(VersionScheme.NUMERIC.accepts(Version.of("2026.04"))).isFalse();
        assertThat(VersionScheme.CALVER.accepts(Version.of("20260401"))).isTrue();
        assertThat(VersionScheme.CALVER).hasToString("calver").isNotEqualTo(VersionScheme.SEMVER);
    }

    @Test
    void opaqueNamesAreOrderedAsPublished() {
        VersionScheme scheme =
                VersionScheme.opaque(
                        List.of(Version.of("toad"), Version.of("newt"), Version.of("olm")));

        assertThat(matches(scheme, ">=newt", "olm")).isTrue();
        assertThat(matches(scheme, "toad - newt", "olm")).isFalse();
        assertThat(matches(scheme, "toad || olm", "olm")).isTrue();
        assertThat(matches(scheme, "*", "toad")).isTrue();
        assertThat(scheme.accepts(Version.of("frog"))).isFalse();
        for (String text : List.of("frog", "~toad", "^newt", "<*")) {
            assertThatThrownBy(() -> VersionRange.parse(text, scheme))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> VersionScheme.named("roman", List.of()))
                .hasMessageContaining("roman");
    }

    @Test
    void aRangeIsACeilingForWhatLiesAboveIt() {
        VersionRange range = VersionRange.parse("2.x || 4.x", VersionScheme.SEMVER);

        assertThat(range.isBelow(VersionScheme.SEMVER.key(Version.of("5.0.0")))).isTrue();
        assertThat(range.isBelow(VersionScheme.SEMVER.key(Version.of("3.0.0")))).isFalse();
        assertThat(range)
                .hasToString("2.x || 4.x")
                .isEqualTo(VersionRange.parse("2.x || 4.x", VersionScheme.SEMVER))
                .isNotEqualTo(VersionRange.parse("2.x || 4.x", VersionScheme.NUMERIC));
    }
}
