package dev.belay.server.http;

import static dev.belay.server.cli.TestServer.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.Channels;
import dev.belay.server.cli.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The event stream over a real connection.
class EventRouteTest {
    private static final String EVENTS = "/api/v1/products/shop/channels/stable/events";
    private TestServer server;
    private String token;

    @BeforeEach
    void start(@TempDir Path data) {
        server = TestServer.start(data, options -> options.streams(Duration.ofMillis(20), 6));
        server.publishShop();
        token = server.publisherToken("shop");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A host that listens.
    private final class Host implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Host(String... headers) throws IOException {
            socket = new Socket("127.0.0.1", server.port());
            socket.setSoTimeout(20_000);
            String request =
                    "GET "
                            + EVENTS
                            + " HTTP/1.1\r\nHost: x\r\n"
                            + String.join("", headers)
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /// Reads until a line that starts like this.
        String await(String start) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new AssertionError("the stream ended before: " + start);
        }

        boolean atEnd() throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).isNotNull();
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aHostHearsOfAPublication() throws IOException {
        try (Host host = new Host()) {
            assertThat(host.await("HTTP/1.1")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(host.await("Content-Type")).contains("text/event-stream");
            host.await("retry:");
            String before = host.await("id:");

            server.publish(token, Channels.stable("New."));

            String id = host.await("id:");
            assertThat(id).isNotEqualTo(before);
            assertThat(host.await("event:")).isEqualTo("event: channel");
            assertThat(host.await("data:"))
                    .isEqualTo(
                            "data: {\"product\":\"shop\",\"channel\":\"stable\",\"snapshot\":"
                                    + id.substring(4)
                                    + "}");
            host.await(": alive");
        }
    }

    @Test
    void aHostThatMissedOneHearsOfItAtOnce() throws IOException {
        server.publish(token, Channels.stable("New."));
        long snapshot =
                TestServer.json(server.get("/api/v1/products/shop/channels/stable"))
                        .path("snapshot")
                        .asLong();

        try (Host behind = new Host("Last-Event-ID: " + (snapshot - 1) + "\r\n");
                Host upToDate = new Host("Last-Event-ID: " + snapshot + "\r\n")) {
            assertThat(behind.await("id:")).isEqualTo("id: " + snapshot);
            upToDate.await("retry:");
            assertThat(upToDate.lines.readLine()).isEmpty();
            upToDate.lines.readLine();
            assertThat(upToDate.await(":")).isEqualTo(": alive");
        }
    }

    @Test
    void n05_nonsenseAsLastEventIdIsIgnored() throws IOException {
        for (String id : new String[] {"-1", "x", "9".repeat(40)}) {
            try (Host host = new Host("Last-Event-ID: " + id + "\r\n")) {
                assertThat(host.await("HTTP/1.1")).contains("200");
            }
        }
    }

    @Test
    void aCommitThatLeavesTheChannelAloneIsNoEvent() throws IOException {
        try (Host host = new Host()) {
            host.await("id:");
            server.post(
                    "/api/v1/products/shop/metadata",
                    token,
                    "{\"metadata\":{\"shop-releases\":"
                            + new String(
                                    TestServer.signed("\"version\":2,\"targets\":{}"),
                                    StandardCharsets.UTF_8)
                            + "}}");
            server.publish(token, Channels.stable("New."));

            long snapshot =
                    TestServer.json(server.get("/api/v1/products/shop/channels/stable"))
                            .path("snapshot")
                            .asLong();
            assertThat(host.await("id:")).isEqualTo("id: " + snapshot);
        }
    }

    @Test
    void moreListenersThanMayAreToldToLookThemselves() throws IOException {
        List<Host> hosts = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Host host = new Host();
                host.await("retry:");
                hosts.add(host);
            }
            assertThat(outcome(server.get(EVENTS)))
                    .isEqualTo(Map.of("status", 503, "kind", "too-many-listeners"));
        } finally {
            for (Host host : hosts) {
                host.close();
            }
        }
    }

    @Test
    void aHostThatWentAwayMakesRoom() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Host host = new Host()) {
                host.await("HTTP/1.1");
            }
        }

        org.awaitility.Awaitility.await()
                .ignoreExceptions()
                .until(() -> {
                    try (Host host = new Host()) {
                        return host.await("HTTP/1.1").contains("200");
                    }
                });
    }

    @Test
    void stoppingTheServerEndsTheStreams() throws IOException {
        try (Host host = new Host()) {
            host.await("retry:");

            server.close();

            assertThat(host.atEnd()).isTrue();
        }
    }

    @Test
    void unknownChannelsAndOtherMethodsAreRefused() {
        assertThat(outcome(server.get("/api/v1/products/shop/channels/none/events")))
                .isEqualTo(Map.of("status", 404, "kind", "not-found"));
        assertThat(outcome(server.send(HttpRequest.newBuilder(server.uri(EVENTS)).DELETE())))
                .isEqualTo(Map.of("status", 405, "kind", "method-not-allowed"));
    }
}
