package dev.belay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowHeadersTest {
    private static final Duration DEADLINE = Duration.ofMillis(200);
    @TempDir private Path directory;
    private TestServer server;

    @BeforeEach
    void start() {
        server =
                TestServer.start(
                        directory,
                        options ->
                                options.headerDeadline(DEADLINE)
                                        .streams(Duration.ofMillis(100), 10));
        server.publishShop();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void s05_headersThatTrickleInAreCutOffThoughBytesKeepComing() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            write(socket, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            CountDownLatch gone = new CountDownLatch(1);
            Thread reader = Thread.ofVirtual().start(() -> readToTheEnd(socket, gone));
            while (!gone.await(20, TimeUnit.MILLISECONDS)) {
                try {
                    write(socket, "y"); // well below the idle timeout of the connection
                } catch (IOException e) {
                    break; // closed
                }
            }
            reader.join();
            assertThat(gone.getCount()).isZero();
        }
    }

    @Test
    void aSecondRequestThatTricklesInIsCutOffToo() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            write(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /");
            CountDownLatch gone = new CountDownLatch(1);
            readToTheEnd(socket, gone);
            assertThat(gone.getCount()).isZero();
        }
    }

    @Test
    void aStreamOutlivesTheDeadline() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            write(
                    socket,
                    "GET /api/v1/products/shop/channels/stable/events HTTP/1.1\r\nHost: x\r\n\r\n");
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            // ten signs of life are five deadlines
            long signs = lines.lines().filter(line -> line.startsWith(":")).limit(10).count();
            assertThat(signs).isEqualTo(10);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /// Counts down when the server has closed the connection.
    private static void readToTheEnd(Socket socket, CountDownLatch gone) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // a reset is an end as well
        }
        gone.countDown();
    }
}
