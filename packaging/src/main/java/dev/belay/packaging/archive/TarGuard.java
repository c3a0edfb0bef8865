package dev.belay.packaging.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Watches the bytes of a tar archive on their way to another reader and stops the flow at the
/// first that is not exactly as it should be. The last header that passed is kept, so that the two
/// readers can be compared.
final class TarGuard extends InputStream {
    private static final int MAX_EXTENDED_HEADER = 16 * 1024;

    /// A tar file ends in two blocks of zeros and may be filled up to a record of 20 blocks.
    private static final int MAX_END_BLOCKS = 2 + 20;

    private enum State {
        HEADER,
        EXTENDED_HEADER,
        END
    }

    private final InputStream source;
    private State state = State.HEADER;
    private PaxRecords extended = PaxRecords.NONE;
    private boolean extendedPending;
    private byte[] chunk = new byte[0];
    private int chunkPosition;
    private long dataLeft;
    private int paddingLeft;
    private int extendedLength;
    private int endBlocks;
    private Optional<TarHeader> latest = Optional.empty();

    TarGuard(InputStream source) {
        this.source = source;
    }

    /// The entry whose header has passed last, with its extended header applied; once.
    Optional<TarHeader> takeHeader() {
        Optional<TarHeader> header = latest;
        latest = Optional.empty();
        return header;
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
        if (chunkPosition == chunk.length && dataLeft > 0) {
            return passContent(buffer, offset, length);
        }
        if (chunkPosition == chunk.length && !nextChunk()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - chunkPosition);
        System.arraycopy(chunk, chunkPosition, buffer, offset, count);
        chunkPosition += count;
        return count;
    }

    private int passContent(byte[] buffer, int offset, int length) throws IOException {
        int read = source.read(buffer, offset, (int) Math.min(length, dataLeft));
        if (read < 0) {
            throw cutOff();
        }
        dataLeft -= read;
        return read;
    }

    /// Reads and checks what comes next as a whole: padding, a header, an extended header.
    private boolean nextChunk() throws IOException {
        chunkPosition = 0;
        if (paddingLeft > 0) {
            chunk = readFully(paddingLeft);
            paddingLeft = 0;
            if (!isZero(chunk)) {
                throw new HostileArchiveException("there is data between its entries");
            }
            return true;
        }
        switch (state) {
            case HEADER -> {
                chunk = readFully(TarHeader.LENGTH);
                header();
            }
            case EXTENDED_HEADER -> {
                chunk = readFully(extendedLength);
                extended = PaxRecords.parse(chunk);
                paddingLeft = padding(extendedLength);
                state = State.HEADER;
            }
            case END -> {
                return endBlock();
            }
        }
        return true;
    }

    private void header() {
        if (isZero(chunk)) {
            if (extendedPending) {
                throw new HostileArchiveException("an extended header has no entry");
            }
            state = State.END;
            endBlocks = 1;
            return;
        }
        TarHeader header = TarHeader.parse(chunk);
        if (header.type() == 'x') {
            extendedHeader(header);
        } else {
            entry(header);
        }
    }

    private void extendedHeader(TarHeader header) {
        if (extendedPending || header.size() == 0 || header.size() > MAX_EXTENDED_HEADER) {
            throw new HostileArchiveException("an extended header is malformed");
        }
        extendedPending = true;
        extendedLength = (int) header.size();
        state = State.EXTENDED_HEADER;
    }

    private void entry(TarHeader header) {
        TarHeader whole =
                new TarHeader(
                        extended.path().orElse(header.name()),
                        header.mode(),
                        extended.size().orElse(header.size()),
                        header.type(),
                        extended.linkPath().orElse(header.link()));
        extended = PaxRecords.NONE;
        extendedPending = false;
        if (EntryCheck.type(whole) != ArchiveEntry.Type.FILE && whole.size() != 0) {
            throw new HostileArchiveException(
                    "the entry " + EntryNames.printable(whole.name()) + " cannot have content");
        }
        latest = Optional.of(whole);
        dataLeft = whole.size();
        paddingLeft = padding(whole.size());
    }

    private boolean endBlock() throws IOException {
        chunk = source.readNBytes(TarHeader.LENGTH);
        if (chunk.length == 0 && endBlocks >= 2) {
            return false;
        }
        if (chunk.length < TarHeader.LENGTH) {
            throw cutOff();
        }
        if (!isZero(chunk) || ++endBlocks > MAX_END_BLOCKS) {
            throw new HostileArchiveException("there is something after its end");
        }
        return true;
    }

    private byte[] readFully(int length) throws IOException {
        byte[] bytes = source.readNBytes(length);
        if (bytes.length < length) {
            throw cutOff();
        }
        return bytes;
    }

    private static HostileArchiveException cutOff() {
        return new HostileArchiveException("it is cut off");
    }

    private static int padding(long size) {
        return (int) (-size & (TarHeader.LENGTH - 1));
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
