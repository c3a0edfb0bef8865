package dev.belay.versys.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.Fetcher.Arriving;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against real sockets that answer what they like.
@Timeout(60)
class HttpFetcherTest {
    private static final TransferLimits IMPATIENT =
            new TransferLimits(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(300),
                    1000,
                    Duration.ofMillis(600),
                    Duration.ofMillis(800),
                    1);

    private final Fetcher fetcher = new HttpFetcher(IMPATIENT);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;
    private Answer answer = out -> {};

    @FunctionalInterface
    private interface Answer {
        void to(OutputStream out) throws Exception;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        server.close();
    }

    private void serve() {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            byte[] buffer = new byte[8192];
            int length = socket.getInputStream().read(buffer);
            requests.add(new String(buffer, 0, Math.max(length, 0), UTF_8));
            answer.to(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (Exception e) {
            requests.add("the client went away");
        }
    }

    private void answers(String head, String body) {
        answer = out -> out.write((head.replace("\n", "\r\n") + "\r\n\r\n" + body).getBytes(UTF_8));
    }

    private String base() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private String read(String name, long offset, long max) throws IOException {
        return read(fetcher, name, offset, max);
    }

    private String read(Fetcher by, String name, long offset, long max) throws IOException {
        Optional<Arriving> arriving = by.open(base() + name, offset, max);
        try (InputStream body = arriving.orElseThrow().body()) {
            return arriving.get().start() + ":" + new String(body.readAllBytes(), UTF_8);
        }
    }

    @Test
    void fetchesWithoutTouchingTheAddress() throws Exception {
        answers("HTTP/1.1 200 OK\nContent-Length: 5", "hello");
        assertThat(read("a%2Fb/%e4?x", 0, 5)).isEqualTo("0:hello");
        assertThat(requests.getFirst())
                .startsWith("GET /a%2Fb/%e4?x HTTP/1.1\r\n")
                .contains("Accept-Encoding: identity");
    }

    @Test
    void aMissingFileIsNoFailure() throws Exception {
        for (String status : List.of("404 Not Found", "403 Forbidden", "410 Gone")) {
            answers("HTTP/1.1 " + status + "\nContent-Length: 0", "");
            assertThat(fetcher.open(base(), 0, 5)).isEmpty();
        }
    }

    @Test
    void aServerThatIsBrokenMayBeTriedAgainOneThatRefusesMayNot() {
        answers("HTTP/1.1 503 Busy\nContent-Length: 0", "");
        assertThatThrownBy(() -> read("", 0, 5))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FetchException.class);
        answers("HTTP/1.1 401 Unauthorized\nContent-Length: 0", "");
        assertThatThrownBy(() -> read("", 0, 5)).isInstanceOf(FetchException.class);
    }

    @Test
    void t07AnAnnouncedLengthBeyondTheLimitIsRefusedAndAnEndlessBodyIsCut() {
        answers("HTTP/1.1 200 OK\nContent-Length: 6", "123456");
        assertThatThrownBy(() -> read("", 0, 5)).isInstanceOf(LengthExceededException.class);
        answers("HTTP/1.0 200 OK", "123456");
        assertThatThrownBy(() -> read("", 0, 5)).hasMessageContaining("more than the allowed 5");
    }

    @Test
    void t08AStalledBodyIsGivenUp() {
        answer =
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".getBytes(UTF_8));
                    out.flush();
                    over.await();
                };
        assertThatThrownBy(() -> read("", 0, 9)).isInstanceOf(IOException.class);
    }

    @Test
    void t08ATricklingBodyMissesItsMinimumSpeed() {
        answer =
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n".getBytes(UTF_8));
                    trickle(out);
                };
        assertThatThrownBy(() -> read("", 0, 9999)).hasMessageContaining("too slow");
    }

    @Test
    void t08TheFloorOfTheSpeedIsForTheAdminToChoose() throws Exception {
        answer =
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n".getBytes(UTF_8));
                    out.write("Content-Length: 40\r\n\r\n".getBytes(UTF_8));
                    for (int i = 0; i < 40 && !over.await(50, TimeUnit.MILLISECONDS); i++) {
                        out.write('x'); // 20 bytes per second
                        out.flush();
                    }
                };
        Duration patience = Duration.ofSeconds(20);
        TransferLimits patient =
                new TransferLimits(patience, patience, 1024, Duration.ofSeconds(1), patience, 1);
        assertThat(read(new HttpFetcher(patient.withFloor(1)), "", 0, 40))
                .isEqualTo("0:" + "x".repeat(40));
        assertThatThrownBy(() -> read(new HttpFetcher(patient.withFloor(1000)), "", 0, 40))
                .hasMessageContaining("too slow")
                .hasMessageContaining("the floor is 1000 bytes per second");
    }

    @Test
    void t08WhatTricklesInBesideTheBytesIsCutToo() {
        for (String beside :
                List.of("5;extension=", "3\r\nabc\r\n0\r\nX-Trailer: ", "3\r\nabc\r\n0000000")) {
            answer =
                    out -> {
                        out.write(
                                ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + beside)
                                        .getBytes(UTF_8));
                        trickle(out);
                    };
            assertThatThrownBy(() -> read("", 0, 9999))
                    .as(beside)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("too slow");
        }
    }

    @Test
    void t08TricklingHeadersMeetADeadline() {
        answer =
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(UTF_8));
                    trickle(out);
                };
        assertThatThrownBy(() -> read("", 0, 9999)).isInstanceOf(IOException.class);
    }

    /// One byte every 50 ms until the client has gone: far below the stall limit, far too slow.
    private void trickle(OutputStream out) throws Exception {
        while (!over.await(50, TimeUnit.MILLISECONDS)) {
            out.write('x');
            out.flush();
        }
    }

    @Test
    void aConnectionClosedWithoutAnAnswerIsAFailure() {
        answer = out -> {};
        assertThatThrownBy(() -> read("", 0, 5)).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyCutShortIsAFailure() {
        answers("HTTP/1.1 200 OK\nContent-Length: 9", "abc");
        assertThatThrownBy(() -> read("", 0, 9)).isInstanceOf(IOException.class);
    }

    @Test
    void resumesOnlyWithTheRangeThatWasAskedFor() throws Exception {
        answers("HTTP/1.1 206 Partial\nContent-Length: 3\nContent-Range: bytes 2-4/5", "cde");
        assertThat(read("", 2, 5)).isEqualTo("2:cde");
        assertThat(requests.getFirst()).contains("Range: bytes=2-");
        answers("HTTP/1.1 206 Partial\nContent-Length: 4\nContent-Range: bytes 1-4/5", "bcde");
        assertThatThrownBy(() -> read("", 2, 5)).hasMessageContaining("another range");
        answers("HTTP/1.1 206 Partial\nContent-Length: 3", "cde");
        assertThatThrownBy(() -> read("", 2, 5)).hasMessageContaining("without a range");
        answers("HTTP/1.1 200 OK\nContent-Length: 5", "abcde");
        assertThat(read("", 2, 5)).isEqualTo("0:abcde");
    }

    @Test
    void followsRedirectsOnTheSameHostOnly() throws Exception {
        answer =
                out ->
                        out.write(
                                (requests.size() == 1
                                                ? "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                                : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                                        .getBytes(UTF_8));
        assertThat(read("here", 0, 5)).isEqualTo("0:ok");
        assertThat(requests.getLast()).startsWith("GET /there ");
        for (String elsewhere :
                List.of(
                        "file:///etc/passwd",
                        "https://127.0.0.1/",
                        "http://169.254.169.254/latest",
                        "http://localhost/",
                        "http://127.0.0.1/",
                        "http://127.0.0.1:1/",
                        "//10.0.0.1/x",
                        "gopher:x")) {
            answers("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: " + elsewhere, "");
            assertThatThrownBy(() -> read("", 0, 5))
                    .as(elsewhere)
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("another host, port or scheme");
        }
        answers("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: /round", "");
        assertThatThrownBy(() -> read("", 0, 5))
                .hasMessageContaining("redirects more than 5 times");
    }

    @Test
    void refusesAnEncodingThatItDidNotAskFor() {
        answers("HTTP/1.1 200 OK\nContent-Length: 3\nContent-Encoding: gzip", "abc");
        assertThatThrownBy(() -> read("", 0, 5)).hasMessageContaining("encoded as gzip");
    }

    @Test
    void whatIsNoAddressFails() {
        assertThatThrownBy(() -> fetcher.open("http://a b/", 0, 5))
                .isInstanceOf(FetchException.class);
    }
}
