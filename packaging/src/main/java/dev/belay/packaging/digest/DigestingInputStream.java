package dev.belay.packaging.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Computes one or more digests of everything that is read through it, and counts the bytes.
/// Skipped bytes are read, so that they count too; mark and reset are not supported. Not
/// thread-safe.
public final class DigestingInputStream extends FilterInputStream {
    private final DigestSet digests;

    /// @param source closed together with this stream
    public DigestingInputStream(InputStream source, Digest.Algorithm... algorithms) {
        super(source);
        this.digests = new DigestSet(algorithms);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            digests.update(buffer, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        byte[] discarded = new byte[Math.clamp(wanted, 1, 8192)];
        long skipped = 0;
        while (skipped < wanted) {
            int read = read(discarded, 0, (int) Math.min(discarded.length, wanted - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// How many bytes have been read so far.
    public long count() {
        return digests.count();
    }

    /// The digest of what has been read so far.
    ///
    /// @throws IllegalArgumentException if this stream does not compute that algorithm
    public Digest digest(Digest.Algorithm algorithm) {
        return digests.digest(algorithm);
    }
}
