package dev.belay.supervisor.status;

import java.util.regex.Pattern;

/// Takes secrets out of text before it leaves the host. Pure. Rather too much than too little: a
/// value whose name sounds like a secret goes, whatever it is.
public final class Redaction {
    static final String REMOVED = "[redacted]";
    private static final String NAME =
            "[\\w.-]*(?:pass(?:word|wd|phrase|wort)?|pwd|secret|token|api[-_.]?key|private[-_.]?key"
                    + "|credential|auth)[\\w.-]*";

    /// A value without quotes may hold blanks, quotes and commas: it ends with its line, or with
    /// the next one if a backslash continues it.
    private static final String TO_THE_END = "(?:[^\\r\\n]*\\\\\\R)*[^\\r\\n]+";

    /// Also one of which the text has only the beginning, or only the end.
    private static final Pattern PEM =
            Pattern.compile(
                    "(?:-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|\\A[A-Za-z0-9+/=\\s]*(?=-----END"
                            + " [A-Z ]*PRIVATE KEY)).*?(?:-----END [A-Z ]*PRIVATE KEY(?:"
                            + " BLOCK)?-----|\\z)",
                    Pattern.DOTALL);

    /// Digests and sealed passwords as password files write them, and well-known kinds of keys.
    private static final Pattern SEALED =
            Pattern.compile(
                    "\\$(?:[1-9][a-z]?|y|apr1|argon2\\w*|pbkdf2[\\w-]*|scrypt)\\$[^\\s\"'<>,:]+"
                            + "|\\{(?:S?SHA[\\d-]*|S?MD5|CRYPT|BCRYPT|PBKDF2[\\w-]*|ARGON2\\w*|AES\\w*|CIPHER)}"
                            + "[^\\s\"'<>,]+"
                            + "|\\bENC\\([^)\\r\\n]*\\)"
                            + "|\\beyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*"
                            + "|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"
                            + "|\\b(?:gh[pousr]_|glpat-|xox[abprs]-|sk_live_)[\\w-]{10,}",
                    Pattern.CASE_INSENSITIVE);

    /// The private parts of a JSON Web Key (RFC 7518 §6).
    private static final Pattern JWK =
            Pattern.compile("(\"(?:d|p|q|dp|dq|qi|k)\"\\s*:\\s*)\"[\\w-]{20,}\"");

    /// A digest that stands by itself in a configuration file. Elsewhere digests of releases do.
    private static final Pattern HEX =
            Pattern.compile("(?<![\\w:/-])[0-9a-fA-F]{32,128}(?![\\w/-])");

    /// Names of files in which every value is a password.
    private static final Pattern USERS =
            Pattern.compile(
                    "(?:.*[._/-])?(?:users?|passwords?|passwd|htpasswd|shadow|credentials?|secrets?)"
                            + "(?:\\.(?:properties|conf|cfg|txt|db|ini))?",
                    Pattern.CASE_INSENSITIVE);

    /// `name = value`, `name: value`, `name value`; comments too, since users are switched off
    /// there.
    private static final Pattern USER =
            Pattern.compile("(?m)^([#!;]?[ \\t]*[^\\s=:#!;\\[]+[ \\t]*[=:][ \\t]*)" + TO_THE_END);

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

    /// The text of a file without its secrets.
    ///
    /// @param name its path in a report: what is in `config`, and in files of users, is told by it
    public static String of(String name, String text) {
        String clean = text;
        if (USERS.matcher(name).matches()) {
            clean = USER.matcher(clean).replaceAll("$1" + REMOVED);
        }
        if (name.startsWith("config/")) {
            clean = HEX.matcher(clean).replaceAll(REMOVED);
        }
        return of(clean);
    }

    /// The text without its secrets, wherever it comes from.
    public static String of(String text) {
        String clean = PEM.matcher(text).replaceAll(REMOVED);
        clean = SEALED.matcher(clean).replaceAll(REMOVED);
        clean = JWK.matcher(clean).replaceAll("$1\"" + REMOVED + "\"");
        clean = USER_INFO.matcher(clean).replaceAll("$1" + REMOVED + "@");
        clean = BEARER.matcher(clean).replaceAll("$1 " + REMOVED);
        clean = ELEMENT.matcher(clean).replaceAll("$1" + REMOVED);
        clean = QUOTED.matcher(clean).replaceAll("$1\"" + REMOVED + "\"");
        clean = BLOCK.matcher(clean).replaceAll("$1" + REMOVED + "\n");
        return PLAIN.matcher(clean).replaceAll("$1" + REMOVED);
    }
}
