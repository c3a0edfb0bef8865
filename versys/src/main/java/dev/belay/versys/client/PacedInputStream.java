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
        int read = TimedCall.run(left(), this::tooSlow, () -> in.read(buffer, offset, length));
        if (read < 0) {
            if (announced >= 0 && count < announced) {
                throw new IOException("cut short after " + count + " of " + announced + " bytes");
            }
            return read;
        }
        count += read;
        return read;
    }

    /// How long the next bytes may take, also those that never arrive here: a chunk's extension, a
    /// trailer.
    private Duration left() {
        Duration paced = limits.deadline(count);
        return (paced.compareTo(deadline) < 0 ? paced : deadline).minus(elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private String tooSlow() {
        return "too slow: "
                + count
                + " bytes in "
                + elapsed().toSeconds()
                + " s, and the floor is "
                + limits.minBytesPerSecond()
                + " bytes per second";
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
