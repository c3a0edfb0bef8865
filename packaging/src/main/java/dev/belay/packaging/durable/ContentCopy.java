package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Copies the content of one file, digesting it on the way if asked. Blocks of zeros are not
/// written, so that a sparse file stays sparse.
final class ContentCopy {
    private static final int BLOCK = 64 * 1024;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final byte[] buffer = new byte[8 * BLOCK];
    private final LongConsumer progress;

    ContentCopy(LongConsumer progress) {
        this.progress = progress;
    }

    /// @return how many bytes were copied
    long copy(FileChannel from, Path target, FileChannel to, @Nullable MessageDigest digest)
            throws IOException {
        long position = 0;
        long written = 0;
        for (int read = fill(from); read > 0; read = fill(from)) {
            if (digest != null) {
                digest.update(buffer, 0, read);
            }
            for (int offset = 0; offset < read; offset += BLOCK) {
                int length = Math.min(BLOCK, read - offset);
                if (!isZero(offset, length)) {
                    written = position + offset + length;
                    Disk.write(
                            target, to, ByteBuffer.wrap(buffer, offset, length), position + offset);
                }
            }
            position += read;
            progress.accept(read);
        }
        if (written < position) {
            Disk.write(target, to, ByteBuffer.allocate(1), position - 1);
        }
        return position;
    }

    private int fill(FileChannel from) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer);
        while (target.hasRemaining() && from.read(target) >= 0) {}
        return target.position();
    }

    private boolean isZero(int offset, int length) {
        return Arrays.equals(buffer, offset, offset + length, ZEROS, 0, length);
    }
}
