package dev.belay.versys.version;

import dev.belay.versys.version.Bound.Operator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the range grammar. Comparisons become plain bounds: `^1.2` is `>=1.2.0 <2.0.0-0`.
final class RangeParser {
    private static final List<String> OPERATORS =
            List.of("<=", ">=", "~>", "<", ">", "=", "^", "~");

    private final String text;
    private final VersionScheme scheme;
    private PreReleasePolicy policy = new PreReleasePolicy.Excluded();

    RangeParser(String text, VersionScheme scheme) {
        this.text = text;
        this.scheme = scheme;
    }

    VersionRange parse() {
        if (text.length() > 16_384) {
            throw new IllegalArgumentException("a range has at most 16384 characters");
        }
        String body = text;
        int semicolon = text.indexOf(';');
        if (semicolon >= 0) {
            body = text.substring(0, semicolon);
            String option = text.substring(semicolon + 1).strip();
            if (!option.startsWith("pre-release=")) {
                throw bad("after ';' stands pre-release=POLICY, not '" + option + "'");
            }
            policy = PreReleasePolicy.parse(option.substring("pre-release=".length()).strip());
        }
        List<List<Bound>> alternatives = new ArrayList<>();
        int start = 0;
        for (int end = body.indexOf("||"); end >= 0; end = body.indexOf("||", start)) {
            alternatives.add(alternative(body.substring(start, end)));
            start = end + 2;
        }
        alternatives.add(alternative(body.substring(start)));
        return new VersionRange(text, scheme, policy, List.copyOf(alternatives));
    }

    private List<Bound> alternative(String alternative) {
        List<String> words = words(alternative);
        List<Bound> bounds = new ArrayList<>();
        if (words.size() == 3 && words.get(1).equals("-")) {
            hyphen(words.get(0), words.get(2), bounds);
            return List.copyOf(bounds);
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String operator = operator(word);
            String operand = word.substring(operator.length());
            if (operand.isEmpty() && !operator.isEmpty() && i + 1 < words.size()) {
                operand = words.get(++i);
            }
            comparison(operator, operand, bounds);
        }
        return List.copyOf(bounds);
    }

    /// Without regular expressions and streams, since documents hold tens of thousands of ranges.
    private static List<String> words(String alternative) {
        List<String> words = new ArrayList<>(2);
        int start = 0;
        for (int i = 0; i <= alternative.length(); i++) {
            if (i == alternative.length() || " \t".indexOf(alternative.charAt(i)) >= 0) {
                if (i > start) {
                    words.add(alternative.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    private static String operator(String word) {
        for (String operator : OPERATORS) {
            if (word.startsWith(operator)) {
                return operator;
            }
        }
        return "";
    }

    private void hyphen(String low, String high, List<Bound> bounds) {
        Partial from = partial(low);
        Partial to = partial(high);
        if (!from.any()) {
            bounds.add(from.lowest(true));
        }
        if (!to.any()) {
            bounds.add(
                    to.exact() && !includesPreReleases()
                            ? new Bound(Operator.AT_MOST, to.key(), true)
                            : to.exact() && to.tagged()
                                    ? new Bound(Operator.AT_MOST, to.key(), true)
                                    : to.below(to.given() - 1));
        }
    }

    private void comparison(String operator, String operand, List<Bound> bounds) {
        Partial partial = partial(operand);
        if (partial.any()) {
            if (operator.equals("<") || operator.equals(">")) {
                throw bad("nothing can match '" + operator + operand + "'");
            }
            return;
        }
        boolean exact = partial.exact();
        switch (operator) {
            case "<" ->
                    bounds.add(
                            exact
                                    ? new Bound(Operator.LESS, partial.key(), true)
                                    : new Bound(Operator.LESS, partial.floor(), false));
            case "<=" ->
                    bounds.add(
                            exact
                                    ? new Bound(Operator.AT_MOST, partial.key(), true)
                                    : partial.below(partial.given() - 1));
            case ">" ->
                    bounds.add(
                            exact
                                    ? new Bound(Operator.GREATER, partial.key(), true)
                                    : new Bound(
                                            Operator.AT_LEAST,
                                            partial.next(partial.given() - 1, false),
                                            false));
            case ">=" -> bounds.add(partial.lowest(false));
            case "^" -> between(partial, partial.caretPlace(), bounds);
            case "~", "~>" -> between(partial, Math.min(1, partial.given() - 1), bounds);
            default -> {
                if (exact) {
                    bounds.add(new Bound(Operator.EXACTLY, partial.key(), true));
                } else {
                    between(partial, partial.given() - 1, bounds);
                }
            }
        }
    }

    private static void between(Partial partial, int place, List<Bound> bounds) {
        bounds.add(partial.lowest(false));
        bounds.add(partial.below(place));
    }

    private boolean includesPreReleases() {
        return policy instanceof PreReleasePolicy.OptIn;
    }

    /// A version of which trailing numbers may be missing or written `x`, `X` or `*`.
    private Partial partial(String word) {
        try {
            return parsePartial(word);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            throw why.startsWith("not a version range")
                    ? e
                    : new IllegalArgumentException(bad(why).getMessage(), e);
        }
    }

    private Partial parsePartial(String word) {
        if (scheme.places() == 0) {
            return word.equals("*")
                    ? new Partial(new BigInteger[0], null)
                    : new Partial(new BigInteger[0], scheme.key(version(word)));
        }
        int plus = word.indexOf('+');
        String rest = plus < 0 ? word : word.substring(0, plus);
        if (plus >= 0) {
            NumberedVersions.identifiers("complete", word, word.substring(plus + 1), false);
        }
        int dash = rest.indexOf('-');
        String[] parts = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
        List<BigInteger> numbers = new ArrayList<>();
        boolean open = false;
        for (String part : parts) {
            if (part.equals("x") || part.equals("X") || part.equals("*")) {
                open = true;
            } else if (open) {
                throw bad("'" + word + "' has a number after a wildcard");
            } else {
                numbers.add(NumberedVersions.number("complete", word, part, scheme.leadingZeros()));
            }
        }
        if (parts.length > scheme.places()) {
            throw bad("'" + word + "' has more than " + scheme.places() + " numbers");
        }
        List<String> tags =
                dash < 0
                        ? List.of()
                        : NumberedVersions.identifiers(
                                "complete", word, rest.substring(dash + 1), true);
        if (!tags.isEmpty() && (open || numbers.size() < scheme.fewest())) {
            throw bad("'" + word + "' has a pre-release tag after missing numbers");
        }
        BigInteger[] given = numbers.toArray(BigInteger[]::new);
        boolean exact = !tags.isEmpty() || given.length == scheme.places();
        return new Partial(given, exact ? new VersionKey(given, tags) : null);
    }

    private Version version(String word) {
        try {
            return Version.of(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(bad("'" + word + "'").getMessage(), e);
        }
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("not a version range: \"" + text + "\": " + why);
    }

    /// The numbers that were given, and the whole version if nothing was missing.
    private final class Partial {
        private static final List<String> LOWEST_TAG = List.of("0");
        private final BigInteger[] numbers;
        private final @Nullable VersionKey key;

        Partial(BigInteger[] numbers, @Nullable VersionKey key) {
            this.numbers = numbers;
            this.key = key;
        }

        boolean any() {
            return key == null && numbers.length == 0;
        }

        boolean exact() {
            return key != null;
        }

        boolean tagged() {
            return key != null && key.isPreRelease();
        }

        int given() {
            return numbers.length;
        }

        VersionKey key() {
            if (key == null) {
                throw new IllegalStateException("only an exact version has a key");
            }
            return key;
        }

        /// The lowest pre-release of the given numbers.
        VersionKey floor() {
            return new VersionKey(numbers, LOWEST_TAG);
        }

        Bound lowest(boolean hyphen) {
            if (key != null && (!hyphen || !includesPreReleases() || key.isPreRelease())) {
                return new Bound(Operator.AT_LEAST, key, true);
            }
            return new Bound(
                    Operator.AT_LEAST,
                    includesPreReleases() ? floor() : new VersionKey(numbers, List.of()),
                    false);
        }

        /// Everything before the number at `place` counts one up.
        Bound below(int place) {
            if (scheme.places() == 0) {
                throw bad("opaque names have no series: use <, <=, =, >= and >");
            }
            return new Bound(Operator.LESS, next(place, true), false);
        }

        VersionKey next(int place, boolean tagged) {
            if (scheme.places() == 0) {
                throw bad("opaque names have no series: use <, <=, =, >= and >");
            }
            BigInteger[] next = new BigInteger[place + 1];
            System.arraycopy(numbers, 0, next, 0, place + 1);
            next[place] = next[place].add(BigInteger.ONE);
            return new VersionKey(next, tagged || includesPreReleases() ? LOWEST_TAG : List.of());
        }

        /// The first number that is not zero, or the last given one.
        int caretPlace() {
            int place = 0;
            while (place < numbers.length - 1 && numbers[place].signum() == 0) {
                place++;
            }
            return place;
        }
    }
}
