package dev.belay.versys.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Ports of loopback for programs that stop and start again. The kernel would give a port of its
/// own range to somebody else while the program is down, and two tests that ask it at such a moment
/// get the same one; these lie below that range, and all tests of the machine count through them.
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int COUNT = 10_000;
    private static final Path LAST =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "belay-last-port-" + System.getProperty("user.name"));

    private FreePort() {}

    /// The next one that nobody listens on.
    public static synchronized int next() {
        try (FileChannel channel =
                        FileChannel.open(
                                LAST,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            ByteBuffer last = ByteBuffer.allocate(Integer.BYTES);
            int index = channel.read(last, 0) == Integer.BYTES ? last.getInt(0) : 0;
            do {
                index = (index + 1) % COUNT;
            } while (!free(FIRST + index));
            channel.write(last.clear().putInt(0, index), 0);
            return FIRST + index;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean free(int port) throws IOException {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (BindException _) {
            return false;
        }
    }
}
