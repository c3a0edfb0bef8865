package dev.belay.supervisor.merge;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A configuration file as text, with what is needed to write it back as the admin had it:
/// encoding, byte order mark, line ends.
///
/// @param text the characters after the byte order mark, line ends as they are
/// @param eol the line end that most lines have
record ConfigText(String text, Charset charset, boolean byteOrderMark, String eol) {
    private static final Pattern XML_ENCODING =
            Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    /// A file that cannot be decoded.
    static final class Undecodable extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;

        Undecodable(int line, String reason) {
            super(reason);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /// Decodes a file: by its byte order mark, for XML by its declaration, else as UTF-8. What is
    /// no UTF-8 is taken as ISO-8859-1, which is what Java's properties were; XML must say so
    /// itself.
    static ConfigText decode(byte[] bytes, ConfigFormat format) throws Undecodable {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return strict(bytes, 3, StandardCharsets.UTF_8, true);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return strict(bytes, 2, StandardCharsets.UTF_16BE, true);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return strict(bytes, 2, StandardCharsets.UTF_16LE, true);
        }
        if (format == ConfigFormat.XML) {
            return strict(bytes, 0, declared(bytes), false);
        }
        try {
            return strict(bytes, 0, StandardCharsets.UTF_8, false);
        } catch (Undecodable e) {
            return strict(bytes, 0, StandardCharsets.ISO_8859_1, false);
        }
    }

    private static Charset declared(byte[] bytes) throws Undecodable {
        String head =
                new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
        Matcher matcher = XML_ENCODING.matcher(head);
        if (!matcher.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(matcher.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new Undecodable(1, "the encoding " + matcher.group(1) + " is not known");
        }
    }

    private static ConfigText strict(byte[] bytes, int from, Charset charset, boolean mark)
            throws Undecodable {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate((bytes.length - from) * 2 + 1);
        CoderResult result =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new Undecodable(lineOf(text, text.length()), "this is not " + charset.name());
        }
        return new ConfigText(text, charset, mark, dominantEol(text));
    }

    private static String dominantEol(String text) {
        long all = text.chars().filter(c -> c == '\n').count();
        long windows = 0;
        for (int at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2)) {
            windows++;
        }
        return windows * 2 > all ? "\r\n" : "\n";
    }

    private static boolean startsWith(byte[] bytes, int... head) {
        return bytes.length >= head.length
                && Arrays.equals(
                        Arrays.copyOf(bytes, head.length),
                        0,
                        head.length,
                        toBytes(head),
                        0,
                        head.length);
    }

    private static byte[] toBytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /// 1-based line of an offset.
    static int lineOf(String text, int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    /// Line ends as `\n` only, for comparing.
    static String unix(String text) {
        return text.replace("\r\n", "\n");
    }

    /// A piece of another file with this file's line ends.
    String adopt(String piece) {
        return unix(piece).replace("\n", eol);
    }

    /// Other text in this file's encoding. Characters that it lacks are written as the format
    /// escapes them; empty if the format has no escape.
    Optional<byte[]> encode(String other, ConfigFormat format) {
        CharsetEncoder encoder = charset.newEncoder();
        StringBuilder escaped = new StringBuilder(other.length() + 1);
        if (byteOrderMark) {
            escaped.append('\uFEFF');
        }
        for (int at = 0; at < other.length(); ) {
            int point = other.codePointAt(at);
            String one = Character.toString(point);
            if (point < 0x80 || encoder.canEncode(one)) {
                escaped.append(one);
            } else {
                switch (format) {
                    case XML -> escaped.append("&#x%X;".formatted(point));
                    case PROPERTIES ->
                            one.chars().forEach(c -> escaped.append("\\u%04X".formatted(c)));
                    case TEXT -> {
                        return Optional.empty();
                    }
                }
            }
            at += Character.charCount(point);
        }
        try {
            ByteBuffer bytes = encoder.reset().encode(CharBuffer.wrap(escaped));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return Optional.of(result);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
