package dev.belay.packaging.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Makes tar.gz files byte by byte, so that every field can be wrong.
public final class HostileArchives {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /// A header of which single fields can be overwritten.
    public static final class Header {
        private final byte[] block = new byte[512];
        private boolean fixedChecksum;

        Header(String name, char type, long size) {
            text(0, 100, name);
            text(100, 8, type == '5' ? "0000755" : "0000644");
            text(108, 8, "0000000");
            text(116, 8, "0000000");
            text(124, 12, String.format(Locale.ROOT, "%011o", size));
            text(136, 12, "00000000000");
            block[156] = (byte) type;
            text(257, 8, "ustar\00000");
        }

        public Header text(int offset, int length, String value) {
            return bytes(offset, length, value.getBytes(StandardCharsets.UTF_8));
        }

        public Header bytes(int offset, int length, byte[] value) {
            Arrays.fill(block, offset, offset + length, (byte) 0);
            System.arraycopy(value, 0, block, offset, Math.min(length, value.length));
            return this;
        }

        public Header mode(String octal) {
            return text(100, 8, octal);
        }

        public Header link(String target) {
            return text(157, 100, target);
        }

        public Header prefix(String value) {
            return text(345, 155, value);
        }

        public Header wrongChecksum() {
            fixedChecksum = true;
            return text(148, 8, "0000001");
        }

        byte[] finish() {
            if (!fixedChecksum) {
                Arrays.fill(block, 148, 156, (byte) ' ');
                int sum = 0;
                for (byte b : block) {
                    sum += b & 0xff;
                }
                text(148, 8, String.format(Locale.ROOT, "%06o", sum));
            }
            return block;
        }
    }

    public HostileArchives file(String name, String content) {
        return entry(name, '0', content.getBytes(StandardCharsets.UTF_8), header -> {});
    }

    public HostileArchives directory(String name) {
        return entry(name, '5', new byte[0], header -> {});
    }

    public HostileArchives symlink(String name, String target) {
        return entry(name, '2', new byte[0], header -> header.link(target));
    }

    public HostileArchives pax(String... records) {
        StringBuilder all = new StringBuilder();
        for (String record : records) {
            all.append(paxRecord(record));
        }
        return rawPax(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    public HostileArchives rawPax(byte[] data) {
        return entry("PaxHeaders/x", 'x', data, header -> {});
    }

    private static String paxRecord(String record) {
        int length = record.getBytes(StandardCharsets.UTF_8).length + 3;
        while (String.valueOf(length).length()
                        + 1
                        + record.getBytes(StandardCharsets.UTF_8).length
                        + 1
                != length) {
            length++;
        }
        return length + " " + record + "\n";
    }

    /// One entry whose header the consumer may spoil before its checksum is computed.
    public HostileArchives entry(String name, char type, byte[] content, Consumer<Header> spoil) {
        Header header = new Header(name, type, content.length);
        spoil.accept(header);
        raw(header.finish());
        raw(content);
        return raw(new byte[-content.length & 511]);
    }

    public HostileArchives raw(byte[] bytes) {
        tar.writeBytes(bytes);
        return this;
    }

    public byte[] tar() {
        return tar.toByteArray();
    }

    /// The archive with a proper end.
    public byte[] tarGz() {
        raw(new byte[1024]);
        return gzip(tar());
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255});
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            result.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(content);
        writeLittleEndian(result, crc.getValue());
        writeLittleEndian(result, content.length);
        return result.toByteArray();
    }

    private static void writeLittleEndian(ByteArrayOutputStream sink, long value) {
        for (int shift = 0; shift < 32; shift += 8) {
            sink.write((int) (value >>> shift));
        }
    }
}
