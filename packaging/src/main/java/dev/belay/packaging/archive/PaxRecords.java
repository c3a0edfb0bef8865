package dev.belay.packaging.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The extended header of one entry (POSIX.1-2017, pax utility, "pax Extended Header"): lines of
/// `<length> <keyword>=<value>\n`. Only what a name or a file needs that does not fit into ustar is
/// accepted; times, owners, sparse maps and extended attributes are not ours to take over.
record PaxRecords(Optional<String> path, Optional<String> linkPath, Optional<Long> size) {
    static final PaxRecords NONE =
            new PaxRecords(Optional.empty(), Optional.empty(), Optional.empty());

    static PaxRecords parse(byte[] data) {
        PaxRecords result = NONE;
        int start = 0;
        while (start < data.length) {
            int space = indexOf(data, ' ', start, Math.min(data.length, start + 7));
            int end = start + Math.toIntExact(decimal(data, start, space));
            if (end > data.length || end <= space + 2 || data[end - 1] != '\n') {
                throw malformed();
            }
            int equals = indexOf(data, '=', space + 1, end - 1);
            result =
                    result.with(
                            TarHeader.utf8(data, space + 1, equals - space - 1),
                            TarHeader.utf8(data, equals + 1, end - 1 - equals - 1));
            start = end;
        }
        return result;
    }

    private PaxRecords with(String keyword, String value) {
        return switch (keyword) {
            case "path" -> {
                requireAbsent(path);
                yield new PaxRecords(Optional.of(value), linkPath, size);
            }
            case "linkpath" -> {
                requireAbsent(linkPath);
                yield new PaxRecords(path, Optional.of(value), size);
            }
            case "size" -> {
                requireAbsent(size);
                yield new PaxRecords(path, linkPath, Optional.of(size(value)));
            }
            default ->
                    throw new HostileArchiveException(
                            "an extended header has the keyword " + EntryNames.printable(keyword));
        };
    }

    private static void requireAbsent(Optional<?> earlier) {
        if (earlier.isPresent()) {
            throw malformed();
        }
    }

    private static long size(String value) {
        byte[] digits = value.getBytes(StandardCharsets.UTF_8);
        return decimal(digits, 0, digits.length);
    }

    /// One to eighteen digits, which always fit into a `long`.
    private static long decimal(byte[] data, int start, int end) {
        if (end <= start || end - start > 18) {
            throw malformed();
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            if (data[i] < '0' || data[i] > '9') {
                throw malformed();
            }
            value = value * 10 + (data[i] - '0');
        }
        return value;
    }

    private static int indexOf(byte[] data, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        throw malformed();
    }

    private static HostileArchiveException malformed() {
        return new HostileArchiveException("an extended header is malformed");
    }
}
