package dev.belay.packaging.durable;

import dev.belay.packaging.failure.BelayException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// A file to which records are only ever appended, one JSON text per line with a checksum. When
/// [#append] returns, the record survives a power cut. One writer at a time: the caller holds the
/// lock. Meant for files that fit in memory. Not thread-safe.
public final class DurableLog implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private boolean broken;

    private DurableLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Creates the log (mode 0600) or continues it. What an interrupted append left is cut off.
    ///
    /// A log that exists is written anew, so that nothing depends on pages whose fsync may have
    /// failed in an earlier process.
    ///
    /// @throws BelayException of kind `log-damaged` if sound records follow broken ones; the file
    ///   is left as it is
    public static DurableLog open(Path file) throws IOException {
        byte[] bytes = bytesOf(file);
        LogContent content = LogFormat.decode(bytes);
        if (content.tail() == LogContent.Tail.DAMAGED) {
            throw new BelayException(
                    "log-damaged",
                    "The log "
                            + file
                            + " is damaged after "
                            + content.soundBytes()
                            + " bytes; it was left as it is.",
                    "Check the disk; keep a copy of the file before anything else.");
        }
        DurableFiles.write(
                file,
                Arrays.copyOf(bytes, Math.toIntExact(content.soundBytes())),
                DurableFiles.PRIVATE);
        return new DurableLog(
                file, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /// Reads a log; one that is not there is empty. Changes nothing.
    public static LogContent read(Path file) throws IOException {
        return LogFormat.decode(bytesOf(file));
    }

    private static byte[] bytesOf(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /// Appends one record and forces it to the disk.
    ///
    /// @param json one line of text
    /// @throws IOException if it could not be made durable. The log takes no more records then:
    ///   whether this one is on the disk is unknown until it is opened again
    public void append(String json) throws IOException {
        if (broken) {
            throw new IOException("an earlier append to " + file + " failed; open the log again");
        }
        broken = true;
        Disk.write(file, channel, ByteBuffer.wrap(LogFormat.encode(json)));
        Disk.force(file, channel);
        broken = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
