package dev.belay.supervisor.words;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Puts messages from different places together, so that none runs into the next.
public final class Sentences {
    private static final String ENDS = ".!?:…";

    private Sentences() {}

    /// The texts one after the other, each closed by a full stop unless it is closed already. Empty
    /// ones are left out.
    public static String join(String... texts) {
        return Arrays.stream(texts)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Sentences::closed)
                .collect(Collectors.joining(" "));
    }

    private static String closed(String text) {
        return ENDS.indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
