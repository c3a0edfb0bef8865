package dev.belay.versys.release;

import java.util.Optional;
import java.util.regex.Pattern;

/// The shape of a version range: comparators that must all hold, alternatives between `||`.
final class Ranges {
    private static final String COMPARATOR = "(?:>=|<=|>|<|=|\\^|~)?[0-9][0-9A-Za-z.+-]*";
    private static final String ALL_OF = COMPARATOR + "(?: +" + COMPARATOR + ")*";
    private static final Pattern RANGE = Pattern.compile(ALL_OF + "(?: *\\|\\| *" + ALL_OF + ")*");

    private Ranges() {}

    static Optional<String> checked(String text) {
        return RANGE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
