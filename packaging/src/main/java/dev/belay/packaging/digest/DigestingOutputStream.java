package dev.belay.packaging.digest;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Computes one or more digests of everything that is written through it. Not thread-safe.
public final class DigestingOutputStream extends FilterOutputStream {
    private final DigestSet digests;

    /// @param sink closed together with this stream
    public DigestingOutputStream(OutputStream sink, Digest.Algorithm... algorithms) {
        super(sink);
        this.digests = new DigestSet(algorithms);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digests.update(buffer, offset, length);
    }

    /// The digest of what has been written so far.
    ///
    /// @throws IllegalArgumentException if this stream does not compute that algorithm
    public Digest digest(Digest.Algorithm algorithm) {
        return digests.digest(algorithm);
    }
}
