package dev.belay.versys.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Reads versions made of numbers, a pre-release tag and build metadata, as SemVer 2.0.0 spells
/// them. The schemes differ in how many numbers they want and whether one may start with zero.
final class NumberedVersions {
    private NumberedVersions() {}

    static VersionKey parse(
            String scheme, String text, int fewest, int most, boolean leadingZeros) {
        int build = text.indexOf('+');
        String rest = build < 0 ? text : text.substring(0, build);
        if (build >= 0) {
            identifiers(scheme, text, text.substring(build + 1), false);
        }
        int dash = rest.indexOf('-');
        String core = dash < 0 ? rest : rest.substring(0, dash);
        List<String> pre =
                dash < 0 ? List.of() : identifiers(scheme, text, rest.substring(dash + 1), true);
        String[] parts = core.split("\\.", -1);
        if (parts.length < fewest || parts.length > most) {
            String wanted = fewest == most ? "" + most : fewest + " to " + most;
            throw bad(scheme, text, "it needs " + wanted + " numbers");
        }
        BigInteger[] numbers = new BigInteger[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = number(scheme, text, parts[i], leadingZeros);
        }
        return new VersionKey(numbers, pre);
    }

    static BigInteger number(String scheme, String text, String digits, boolean leadingZeros) {
        if (!isDigits(digits)) {
            throw bad(scheme, text, "'" + digits + "' is not a number");
        }
        if (!leadingZeros && digits.length() > 1 && digits.charAt(0) == '0') {
            throw bad(scheme, text, "'" + digits + "' starts with a zero");
        }
        return digits.length() < 19
                ? BigInteger.valueOf(Long.parseLong(digits))
                : new BigInteger(digits);
    }

    static List<String> identifiers(String scheme, String text, String dotted, boolean strict) {
        List<String> result = new ArrayList<>();
        for (String identifier : dotted.split("\\.", -1)) {
            if (identifier.isEmpty() || !identifier.chars().allMatch(NumberedVersions::isTagChar)) {
                throw bad(scheme, text, "'" + identifier + "' is not an identifier");
            }
            if (strict
                    && isDigits(identifier)
                    && identifier.length() > 1
                    && identifier.charAt(0) == '0') {
                throw bad(scheme, text, "'" + identifier + "' starts with a zero");
            }
            result.add(identifier);
        }
        return result;
    }

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTagChar(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-';
    }

    private static IllegalArgumentException bad(String scheme, String text, String why) {
        return new IllegalArgumentException(
                "not a " + scheme + " version: " + text + " (" + why + ")");
    }
}
