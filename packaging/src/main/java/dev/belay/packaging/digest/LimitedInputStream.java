package dev.belay.packaging.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Passes at most a given number of bytes. A source that has one byte more ends in
/// [LengthExceededException]; never more than that one byte too many is taken from it. A source of
/// exactly the limit ends normally. Not thread-safe.
public final class LimitedInputStream extends FilterInputStream {
    private final long maxBytes;
    private long remaining;

    /// @param source closed together with this stream
    /// @param maxBytes how many bytes may pass, 0 or more
    public LimitedInputStream(InputStream source, long maxBytes) {
        super(source);
        if (maxBytes < 0) {
            throw new IllegalArgumentException("a limit is 0 or more, not " + maxBytes);
        }
        this.maxBytes = maxBytes;
        this.remaining = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet >= 0) {
            take(1);
        }
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, Math.max(remaining, 1));
        int read = in.read(buffer, offset, wanted);
        if (read > 0) {
            take(read);
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = in.skip(Math.min(wanted, remaining));
        take(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void take(long count) throws LengthExceededException {
        if (count > remaining) {
            throw new LengthExceededException(maxBytes);
        }
        remaining -= count;
    }
}
