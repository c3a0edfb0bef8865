package dev.belay.packaging.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Exactly one gzip member (RFC 1952) without optional header fields, and nothing after it.
/// `GZIPInputStream` and Commons Compress read on into further members or ignore what follows.
final class StrictGzipInputStream extends InputStream {
    private static final int[] HEADER = {0x1f, 0x8b, 8, 0};
    private static final int HEADER_LENGTH = 10;
    private static final long RATIO_FREE = 16L << 20;

    private final InputStream source;
    private final int maxRatio;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] input = new byte[64 * 1024];
    private int inputLength;
    private boolean ended;

    /// Reads and checks the header.
    StrictGzipInputStream(InputStream source, int maxRatio) throws IOException {
        this.source = source;
        this.maxRatio = maxRatio;
        byte[] header = source.readNBytes(HEADER_LENGTH);
        for (int i = 0; i < HEADER.length; i++) {
            if (header.length < HEADER_LENGTH || (header[i] & 0xff) != HEADER[i]) {
                inflater.end();
                throw new HostileArchiveException("it is not a plain gzip file");
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int inflated = inflate(buffer, offset, length);
            if (inflated > 0) {
                checksum.update(buffer, offset, inflated);
                checkRatio();
                return inflated;
            }
            if (inflater.finished()) {
                checkTrailer();
                ended = true;
            } else if (inflater.needsDictionary()) {
                throw new HostileArchiveException("its compressed data is broken");
            } else {
                refill();
            }
        }
        return -1;
    }

    private int inflate(byte[] buffer, int offset, int length) {
        try {
            return inflater.inflate(buffer, offset, length);
        } catch (DataFormatException e) {
            throw new HostileArchiveException("its compressed data is broken", e);
        }
    }

    private void refill() throws IOException {
        inputLength = source.read(input);
        if (inputLength < 0) {
            throw new HostileArchiveException("it is cut off", new EOFException());
        }
        inflater.setInput(input, 0, inputLength);
    }

    private void checkRatio() {
        long unpacked = inflater.getBytesWritten();
        if (unpacked > RATIO_FREE && unpacked / maxRatio > inflater.getBytesRead()) {
            throw new HostileArchiveException(
                    "it unpacks to more than " + maxRatio + " times its size");
        }
    }

    /// CRC-32 and length modulo 2^32, little-endian, then the end of the file.
    private void checkTrailer() throws IOException {
        int left = inflater.getRemaining();
        int position = inputLength - left;
        byte[] rest = new byte[9];
        int have = Math.min(left, rest.length);
        System.arraycopy(input, position, rest, 0, have);
        have += source.readNBytes(rest, have, rest.length - have);
        if (have < 8) {
            throw new HostileArchiveException("it is cut off");
        }
        if (have > 8) {
            throw new HostileArchiveException("there is something after its end");
        }
        if (littleEndian(rest, 0) != checksum.getValue()
                || littleEndian(rest, 4) != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new HostileArchiveException("its gzip checksum does not fit");
        }
    }

    private static long littleEndian(byte[] bytes, int offset) {
        return (bytes[offset] & 0xffL)
                | (bytes[offset + 1] & 0xffL) << 8
                | (bytes[offset + 2] & 0xffL) << 16
                | (bytes[offset + 3] & 0xffL) << 24;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }
}
