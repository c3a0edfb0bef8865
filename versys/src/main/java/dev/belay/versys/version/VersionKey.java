package dev.belay.versys.version;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/// What a [VersionScheme] compares: the numbers of a version and its pre-release identifiers.
///
/// Precedence follows SemVer 2.0.0 section 11 with numbers of any size; Semver4j's own order does
/// not (it puts `rc10` after `rc2`, see docs/adr/0011-semver4j-reads.md). Missing numbers count as
/// zero and build metadata has no part in it, so two versions may have equal keys and still be two
/// releases.
public final class VersionKey implements Comparable<VersionKey> {
    private static final int PLACES = 3;
    private static final int BITS = 21;
    private static final int LARGEST = (1 << BITS) - 1;

    /// The first numbers in one: where two differ, they order as the numbers do.
    private final long first;

    /// All of them where [#first] does not tell all, which is seldom: a channel may hold hundreds
    /// of thousands of keys.
    private final BigInteger @Nullable [] numbers;

    private final List<String> preRelease;

    /// A number that is too large counts as the largest in [#first], and so does everything after
    /// it: two with such a number at the same place are equal there, and compared in full.
    VersionKey(BigInteger[] numbers, List<String> preRelease) {
        long packed = 0;
        boolean larger = false;
        for (int place = 0; place < PLACES; place++) {
            BigInteger number = place < numbers.length ? numbers[place] : BigInteger.ZERO;
            larger |= number.bitLength() > BITS || number.intValue() == LARGEST;
            packed = packed << BITS | (larger ? LARGEST : number.intValue());
        }
        this.first = packed;
        this.numbers = larger || numbers.length > PLACES ? numbers : null;
        this.preRelease = List.copyOf(preRelease);
    }

    static VersionKey of(Semver version) {
        return new VersionKey(
                new BigInteger[] {
                    BigInteger.valueOf(version.getMajor()),
                    BigInteger.valueOf(version.getMinor()),
                    BigInteger.valueOf(version.getPatch())
                },
                version.getPreRelease());
    }

    /// The number at a place (0 is the major), zero where the version has none.
    public BigInteger number(int place) {
        if (numbers != null) {
            return place < numbers.length ? numbers[place] : BigInteger.ZERO;
        }
        long number = place < PLACES ? (first >>> (BITS * (PLACES - 1 - place))) & LARGEST : 0;
        return BigInteger.valueOf(number);
    }

    /// Whether there is a pre-release tag.
    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /// The class of the pre-release in lower case: the letters its tag starts with (`rc` of
    /// `1.0.0-RC2`), empty for a release and for a tag that starts with something else.
    public String preReleaseClass() {
        if (preRelease.isEmpty()) {
            return "";
        }
        String first = preRelease.getFirst();
        int end = 0;
        while (end < first.length() && Character.isLetter(first.charAt(end))) {
            end++;
        }
        return first.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// Compares the numbers alone.
    public int compareCore(VersionKey other) {
        if (first != other.first || (numbers == null && other.numbers == null)) {
            return Long.compare(first, other.first);
        }
        for (int place = 0; place < Math.max(places(), other.places()); place++) {
            int difference = number(place).compareTo(other.number(place));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    /// Whether the first so many numbers, at most three, are the same.
    public boolean sharesNumbers(VersionKey other, int count) {
        int others = BITS * (PLACES - count);
        boolean same = (first >>> others) == (other.first >>> others);
        for (int place = 0; same && numbers != null && place < count; place++) {
            same = number(place).equals(other.number(place));
        }
        return same;
    }

    private int places() {
        return numbers == null ? PLACES : numbers.length;
    }

    @Override
    public int compareTo(VersionKey other) {
        int difference = compareCore(other);
        if (difference != 0 || (preRelease.isEmpty() && other.preRelease.isEmpty())) {
            return difference;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return preRelease.isEmpty() ? 1 : -1;
        }
        int shared = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < shared; i++) {
            difference = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    /// Identifiers of digits have no leading zeros, so the longer one is the larger one.
    private static int compareIdentifiers(String left, String right) {
        boolean leftNumeric = NumberedVersions.isDigits(left);
        boolean rightNumeric = NumberedVersions.isDigits(right);
        if (leftNumeric != rightNumeric) {
            return leftNumeric ? -1 : 1;
        }
        if (leftNumeric && left.length() != right.length()) {
            return Integer.compare(left.length(), right.length());
        }
        return left.compareTo(right);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(first) + preRelease.hashCode();
    }
}
