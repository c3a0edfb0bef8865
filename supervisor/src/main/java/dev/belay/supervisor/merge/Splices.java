package dev.belay.supervisor.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Replacements of pieces of a text. Everything outside of them stays as it is, byte for byte.
final class Splices {
    private record Splice(int start, int end, String with) {}

    private final List<Splice> splices = new ArrayList<>();

    void insert(int at, String what) {
        splices.add(new Splice(at, at, what));
    }

    void replace(int start, int end, String with) {
        splices.add(new Splice(start, end, with));
    }

    void delete(int start, int end) {
        splices.add(new Splice(start, end, ""));
    }

    boolean isEmpty() {
        return splices.isEmpty();
    }

    /// The text with every piece replaced. Insertions at one place keep their order and come before
    /// a replacement that starts there.
    String applyTo(String text) {
        List<Splice> sorted = new ArrayList<>(splices);
        sorted.sort(
                Comparator.comparingInt(Splice::start)
                        .thenComparing(splice -> splice.end() > splice.start()));
        StringBuilder result = new StringBuilder(text.length() + 64);
        int at = 0;
        for (Splice splice : sorted) {
            if (splice.start() < at) {
                throw new IllegalStateException("pieces overlap at " + splice.start());
            }
            result.append(text, at, splice.start()).append(splice.with());
            at = splice.end();
        }
        return result.append(text, at, text.length()).toString();
    }
}
