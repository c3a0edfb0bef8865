package dev.belay.packaging.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Gives the headers of a tar that a fuzzer changed their right checksums again, and the tar its
/// end: otherwise hardly any change would come further than the checksum.
final class FuzzedTar {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int SIZE = 124;

    private FuzzedTar() {}

    static byte[] repaired(byte[] tar) {
        byte[] blocks = Arrays.copyOf(tar, (tar.length + BLOCK - 1) / BLOCK * BLOCK);
        int at = 0;
        while (at < blocks.length && !isZero(blocks, at)) {
            repairChecksum(blocks, at);
            long next = at + BLOCK + content(blocks, at);
            if (next > blocks.length) {
                break;
            }
            at = (int) next;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(blocks);
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    private static void repairChecksum(byte[] blocks, int at) {
        Arrays.fill(blocks, at + CHECKSUM, at + CHECKSUM + 8, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += blocks[at + i] & 0xff;
        }
        byte[] text =
                String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, blocks, at + CHECKSUM, text.length);
    }

    /// The content that a header announces, in whole blocks; none if the size is no octal number.
    private static long content(byte[] blocks, int at) {
        long size = 0;
        for (int i = at + SIZE; i < at + SIZE + 11; i++) {
            if (blocks[i] < '0' || blocks[i] > '7') {
                return 0;
            }
            size = size * 8 + (blocks[i] - '0');
        }
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static boolean isZero(byte[] blocks, int at) {
        for (int i = at; i < at + BLOCK; i++) {
            if (blocks[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
