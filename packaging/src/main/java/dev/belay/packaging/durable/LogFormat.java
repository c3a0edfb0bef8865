package dev.belay.packaging.durable;

import dev.belay.packaging.durable.LogContent.Tail;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One record per line: eight hex digits of the CRC-32C of the text, a space, the text in UTF-8, a
/// line feed. A line without its line feed was not acknowledged and does not count.
final class LogFormat {
    private static final int CHECKSUM = 8;

    private LogFormat() {}

    static byte[] encode(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a log record is one line");
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(CHECKSUM + 1 + body.length + 1)
                .put(checksum(body, 0, body.length).getBytes(StandardCharsets.US_ASCII))
                .put((byte) ' ')
                .put(body)
                .put((byte) '\n')
                .array();
    }

    static LogContent decode(byte[] file) {
        List<String> records = new ArrayList<>();
        int sound = 0;
        while (sound < file.length) {
            int end = lineEnd(file, sound);
            Optional<String> record = record(file, sound, end);
            if (record.isEmpty()) {
                Tail tail = anyRecordAfter(file, end) ? Tail.DAMAGED : Tail.TORN;
                return new LogContent(records, sound, file.length - sound, tail);
            }
            records.add(record.get());
            sound = end + 1;
        }
        return new LogContent(records, sound, 0, Tail.CLEAN);
    }

    private static boolean anyRecordAfter(byte[] file, int brokenEnd) {
        for (int start = brokenEnd + 1; start < file.length; ) {
            int end = lineEnd(file, start);
            if (record(file, start, end).isPresent()) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /// The index of the next line feed, or the length of the file.
    private static int lineEnd(byte[] file, int start) {
        int end = start;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return end;
    }

    private static Optional<String> record(byte[] file, int start, int end) {
        int body = start + CHECKSUM + 1;
        if (end >= file.length || body > end || file[body - 1] != ' ') {
            return Optional.empty();
        }
        String stored = new String(file, start, CHECKSUM, StandardCharsets.ISO_8859_1);
        if (!stored.equals(checksum(file, body, end - body))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(file, body, end - body))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
