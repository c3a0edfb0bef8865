package dev.belay.versys.graph;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// An unanchored regular expression over the text of an origin, build metadata included, as
/// Cincinnati's blocked edges have it.
///
/// A match that takes too many steps counts as a match: a block that cannot be decided blocks.
public final class OriginPattern {
    private static final int STEPS = 200_000;
    private final Pattern pattern;

    /// @throws IllegalArgumentException if it is no regular expression of at most 512 characters
    public OriginPattern(String regex) {
        if (regex.length() > 512) {
            throw new IllegalArgumentException("a pattern has at most 512 characters");
        }
        try {
            this.pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + regex + ": " + e.getDescription(), e);
        }
    }

    /// Whether the pattern is found anywhere in the text.
    public boolean find(String text) {
        try {
            return pattern.matcher(new Budgeted(text)).find();
        } catch (TooManyStepsException _) {
            return true;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OriginPattern that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// The regular expression.
    @Override
    public String toString() {
        return pattern.pattern();
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Backtracking reads characters again and again, so counting reads bounds the work.
    private static final class Budgeted implements CharSequence {
        private final String text;
        private int reads;

        Budgeted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads > STEPS) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
