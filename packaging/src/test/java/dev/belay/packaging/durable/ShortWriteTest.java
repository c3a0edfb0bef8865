package dev.belay.packaging.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row D08 of the fault list: a system call may write less than it was given.
class ShortWriteTest {
    private static final byte[] TEXT = "more than a few bytes".getBytes(StandardCharsets.UTF_8);
    @TempDir Path directory;

    @Test
    void d08_whatIsWrittenInPartIsWrittenToItsEnd() throws IOException {
        Path file = directory.resolve("file");
        try (FileChannel channel = new Short(Disk.create(file))) {
            Disk.write(file, channel, ByteBuffer.wrap(TEXT));
        }
        assertThat(file).hasBinaryContent(TEXT);
    }

    @Test
    void d08_soIsWhatHasItsPlaceInTheFile() throws IOException {
        Path file = directory.resolve("file");
        try (FileChannel channel = new Short(Disk.create(file))) {
            Disk.write(file, channel, ByteBuffer.wrap(TEXT), 0);
        }
        assertThat(file).hasBinaryContent(TEXT);
    }

    /// Takes three bytes at a time.
    private static final class Short extends FileChannel {
        private final FileChannel whole;

        Short(FileChannel whole) {
            this.whole = whole;
        }

        private static ByteBuffer some(ByteBuffer bytes) {
            ByteBuffer some = bytes.slice(bytes.position(), Math.min(3, bytes.remaining()));
            bytes.position(bytes.position() + some.remaining());
            return some;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return whole.write(some(bytes));
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            return whole.write(some(bytes), position);
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
            return write(bytes[offset]);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return whole.read(bytes);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return whole.read(bytes, position);
        }

        @Override
        public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
            return whole.read(bytes, offset, length);
        }

        @Override
        public long position() throws IOException {
            return whole.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            return whole.position(position);
        }

        @Override
        public long size() throws IOException {
            return whole.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            return whole.truncate(size);
        }

        @Override
        public void force(boolean attributes) throws IOException {
            whole.force(attributes);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target)
                throws IOException {
            return whole.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count)
                throws IOException {
            return whole.transferFrom(source, position, count);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return whole.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return whole.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return whole.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            whole.close();
        }
    }
}
