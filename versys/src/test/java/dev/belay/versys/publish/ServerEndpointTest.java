package dev.belay.versys.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.repository.TestVendor;
import dev.belay.versys.signing.PublicationConflictException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The vendor's side of the publishing API, over real HTTP.
class ServerEndpointTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    @TempDir Path directory;
    private HttpServer server;
    private ServerEndpoint endpoint;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        endpoint =
                new ServerEndpoint(
                        "http://127.0.0.1:" + server.getAddress().getPort(), () -> "secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization")
                        + " "
                        + body);
        byte[] bytes = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void readsTheOnlineKeyWithoutAToken() {
        answer =
                new String(
                        CanonicalJson.encodeAsJson(TestVendor.key(9).publicKey().source()), UTF_8);
        assertThat(endpoint.onlineKey().computedId()).isEqualTo(TestVendor.key(9).id());
        assertThat(requests).containsExactly("GET /api/v1/online-key null ");
        assertThat(endpoint.location().metadataUri().toString()).endsWith("/repository/metadata/");
        assertThat(endpoint.renew()).isFalse();
    }

    @Test
    void sendsMetadataAsTheBytesThatWereSigned() {
        answer = "{\"snapshot\":7,\"changed\":true}";
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        metadata.put("a", "{\"x\": 1}".getBytes(UTF_8));
        metadata.put("b", "{}".getBytes(UTF_8));
        assertThat(endpoint.commit("shop", metadata)).isEqualTo(7);
        endpoint.commitRepository(metadata);
        String body = " Bearer secret {\"metadata\":{\"a\":{\"x\": 1},\"b\":{}}}";
        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/products/shop/metadata" + body,
                        "POST /api/v1/repository" + body);
    }

    @Test
    void uploadsABlobOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("blob"), "bytes");
        Digest digest = Digest.sha256("bytes".getBytes(UTF_8));
        status = 201;
        answer = "{\"staged\":true}";
        assertThat(endpoint.stage("shop", digest, file)).isTrue();
        status = 200;
        answer = "{\"staged\":false}";
        assertThat(endpoint.stage("shop", digest, file)).isFalse();
        assertThat(requests.getFirst())
                .isEqualTo(
                        "PUT /api/v1/products/shop/blobs/" + digest.hex() + " Bearer secret bytes");
        assertThatThrownBy(() -> endpoint.stage("shop", digest, directory.resolve("none")))
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("Cannot read");
    }

    @Test
    void passesOnWhatTheServerSays() {
        answer = "{\"kind\":\"metadata-conflict\",\"message\":\"Too late.\",\"help\":\"Retry.\"}";
        status = 409;
        assertThatThrownBy(() -> endpoint.commit("shop", Map.of()))
                .isInstanceOf(PublicationConflictException.class)
                .hasMessage("Too late.");
        status = 403;
        assertThatThrownBy(() -> endpoint.commit("shop", Map.of()))
                .isInstanceOf(RefusedException.class);
        status = 502;
        answer = "<html>bad gateway</html>";
        assertThatThrownBy(() -> endpoint.commit("shop", Map.of()))
                .isInstanceOfSatisfying(
                        BelayException.class, e -> assertThat(e.kind()).isEqualTo("server-error"))
                .hasMessageContaining("answered 502");
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        ServerEndpoint nobody = new ServerEndpoint("http://127.0.0.1:" + free + "/", () -> "x");
        assertThatThrownBy(nobody::onlineKey)
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> assertThat(e.kind()).isEqualTo("network-unreachable"));
    }
}
