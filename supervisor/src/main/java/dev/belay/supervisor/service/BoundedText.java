package dev.belay.supervisor.service;

import java.time.Duration;
import java.util.regex.Pattern;

/// A text that may be searched for so long. A regular expression can take for ever on some texts,
/// and looks at characters again and again while it does.
final class BoundedText implements CharSequence {
    private static final int LOOKS = 1 << 12;
    private final CharSequence text;
    private final long end;
    private int looks;

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private BoundedText(CharSequence text, long end) {
        this.text = text;
        this.end = end;
    }

    /// Whether the pattern is found; no, if that is not known in time.
    static boolean finds(Pattern pattern, String text, Duration atMost) {
        try {
            return pattern.matcher(new BoundedText(text, System.nanoTime() + atMost.toNanos()))
                    .find();
        } catch (TooLong | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        looks++;
        if (looks % LOOKS == 0 && System.nanoTime() - end > 0) {
            throw new TooLong();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new BoundedText(text.subSequence(from, to), end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
