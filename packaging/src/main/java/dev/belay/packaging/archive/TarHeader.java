package dev.belay.packaging.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// One 512-byte header of POSIX ustar, parsed without any of the leniencies that tar readers have
/// grown: POSIX.1-2017, pax utility, "ustar Interchange Format".
///
/// @param name prefix and name joined
/// @param mode all twelve bits
/// @param type the type flag as it stands there
record TarHeader(String name, int mode, long size, char type, String link) {
    static final int LENGTH = 512;

    static TarHeader parse(byte[] block) {
        checkMagic(block);
        checkChecksum(block);
        String prefix = text(block, 345, 155);
        String name = text(block, 0, 100);
        octal(block, 108, 8);
        octal(block, 116, 8);
        octal(block, 136, 12);
        octal(block, 329, 8);
        octal(block, 337, 8);
        text(block, 265, 32);
        text(block, 297, 32);
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (int) octal(block, 100, 8),
                octal(block, 124, 12),
                (char) (block[156] & 0xff),
                text(block, 157, 100));
    }

    private static void checkMagic(byte[] block) {
        String magic = new String(block, 257, 8, StandardCharsets.ISO_8859_1);
        if (!magic.equals("ustar\00000")) {
            throw new HostileArchiveException("a header is not in the POSIX tar format");
        }
    }

    /// The sum of all bytes as unsigned numbers, the checksum field itself as spaces.
    private static void checkChecksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        if (octal(block, 148, 8) != sum) {
            throw new HostileArchiveException("the checksum of a header does not fit");
        }
    }

    /// Octal digits up to a NUL or space, after which only those follow; an empty field is 0.
    private static long octal(byte[] block, int offset, int length) {
        long value = 0;
        boolean terminated = false;
        for (int i = offset; i < offset + length; i++) {
            int c = block[i] & 0xff;
            if (c == 0 || c == ' ') {
                terminated = true;
            } else if (terminated || c < '0' || c > '7') {
                throw new HostileArchiveException("a number in a header is malformed");
            } else {
                value = value * 8 + (c - '0');
            }
        }
        return value;
    }

    /// Text up to a NUL, after which only NULs follow.
    private static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        for (int i = end; i < offset + length; i++) {
            if (block[i] != 0) {
                throw new HostileArchiveException("a text in a header goes on after its end");
            }
        }
        return utf8(block, offset, end - offset);
    }

    static String utf8(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HostileArchiveException("a name is not in UTF-8", e);
        }
    }
}
