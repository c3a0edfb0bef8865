package dev.belay.versys.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A body that must keep a minimum speed, meet its deadline and have its announced length.
final class PacedInputStream extends FilterInputStream {
    private final long announced;
    private final TransferLimits limits;
    private final Duration deadline;
    private final long started = System.nanoTime();
    private long count;

    /// @param announced the length that the other side announced, -1 if it did not
    PacedInputStream(InputStream in, long announced, TransferLimits limits, Duration deadline) {
        super(in);
        this.announced = announced;
        this.limits = limits;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read < 0) {
            if (announced >= 0 && count < announced) {
                throw new IOException("cut short after " + count + " of " + announced + " bytes");
            }
            return read;
        }
        count += read;
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        if (elapsed.compareTo(deadline) > 0 || elapsed.compareTo(limits.deadline(count)) > 0) {
            throw new IOException("too slow: " + count + " bytes in " + elapsed.toSeconds() + " s");
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
