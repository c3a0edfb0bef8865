package dev.belay.supervisor.status;

import java.util.regex.Pattern;

/// Takes secrets out of text before it leaves the host. Pure. Rather too much than too little: a
/// value whose name sounds like a secret goes, whatever it is.
public final class Redaction {
    private static final String REMOVED = "[redacted]";
    private static final String NAME =
            "[\\w.-]*(?:pass(?:word|wd|phrase|wort)?|pwd|secret|token|api[-_.]?key|private[-_.]?key"
                    + "|credential|auth)[\\w.-]*";

    /// A value without quotes may hold blanks, quotes and commas: it ends with its line, or with
    /// the next one if a backslash continues it.
    private static final String TO_THE_END = "(?:[^\\r\\n]*\\\\\\R)*[^\\r\\n]+";

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----",
                    Pattern.DOTALL);
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s\"'<>]+@");
    private static final Pattern BEARER =
            Pattern.compile(
                    "\\b(Bearer|Basic)\\s+[A-Za-z0-9+/=._~-]{6,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern ELEMENT =
            Pattern.compile("(<" + NAME + "(?:\\s[^>]*)?>)[^<]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED =
            Pattern.compile(
                    "(" + NAME + "[\"']?\\s*[:=]\\s*)(\"[^\"\\n]*\"|'[^'\\n]*')",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAIN =
            Pattern.compile(
                    "(" + NAME + "[ \\t]*[:=][ \\t]*)(?![\"'\\s])" + TO_THE_END,
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(" + NAME + "[ \\t]*:[ \\t]*)[|>][-+0-9]*[ \\t]*\\R(?:[ \\t]+[^\\r\\n]*\\R?)+",
                    Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /// The text without its secrets.
    public static String of(String text) {
        String clean = PEM.matcher(text).replaceAll(REMOVED);
        clean = USER_INFO.matcher(clean).replaceAll("$1" + REMOVED + "@");
        clean = BEARER.matcher(clean).replaceAll("$1 " + REMOVED);
        clean = ELEMENT.matcher(clean).replaceAll("$1" + REMOVED);
        clean = QUOTED.matcher(clean).replaceAll("$1\"" + REMOVED + "\"");
        clean = BLOCK.matcher(clean).replaceAll("$1" + REMOVED + "\n");
        return PLAIN.matcher(clean).replaceAll("$1" + REMOVED);
    }
}
