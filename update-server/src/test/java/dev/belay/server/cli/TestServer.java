package dev.belay.server.cli;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.graph.Channel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server on a free port of loopback, and a client of it.
public final class TestServer implements AutoCloseable {
    private final Path data;
    private final RunningServer server;
    private final UnverifiedRepository repository;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(Path data, UnaryOperator<ServerOptions.Builder> change) {
        this.data = data;
        this.repository = new UnverifiedRepository(data.resolve("repository"));
        this.server =
                Server.start(
                        change.apply(ServerOptions.in(data).listen("127.0.0.1", 0)).build(),
                        (_, _) -> repository);
    }

    public static TestServer start(Path data) {
        return new TestServer(data, options -> options);
    }

    public static TestServer start(Path data, UnaryOperator<ServerOptions.Builder> change) {
        return new TestServer(data, change);
    }

    /// A server with the product `shop` and its channel `stable`.
    public static TestServer startWithShop(Path data) {
        TestServer server = start(data);
        server.publishShop();
        return server;
    }

    public void publishShop() {
        repository.commit(
                Map.of(
                        "root", signed("\"version\":1"),
                        "targets", signed("\"version\":1," + delegations()),
                        "shop-releases", signed("\"version\":1,\"targets\":{}"),
                        "shop-channel-stable", signed("\"version\":1,\"targets\":{}")));
        // Anything through the API makes the server look at the repository again.
        HttpResponse<String> answer =
                post(
                        "/api/v1/repository",
                        adminToken(),
                        "{\"metadata\":{\"root\":" + ROOT_2 + "}}");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /// Publishes a channel document of `shop` with a publisher's token, as `versys` does.
    public HttpResponse<String> publish(String token, Channel document) {
        byte[] bytes = document.toJson();
        String hash = Digest.sha256(bytes).hex();
        Path file =
                data.resolve("repository/targets/shop/channels")
                        .resolve(hash + "." + document.name() + ".json");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return publishDocument(token, document.name(), hash, bytes.length);
    }

    /// Publishes metadata that names a document, whether there is one or not.
    public HttpResponse<String> publishDocument(
            String token, String channel, String sha256, int length) {
        String members =
                "\"version\":%d,\"targets\":{\"shop/channels/%s.json\":{\"length\":%d,"
                                .formatted(++roleVersion, channel, length)
                        + "\"hashes\":{\"sha256\":\""
                        + sha256
                        + "\"}}}";
        return post(
                "/api/v1/products/shop/metadata",
                token,
                "{\"metadata\":{\"shop-channel-"
                        + channel
                        + "\":"
                        + new String(signed(members), StandardCharsets.UTF_8)
                        + "}}");
    }

    private long roleVersion = 1;

    private static final String ROOT_2 =
            new String(signed("\"version\":2"), StandardCharsets.UTF_8);

    private static String delegations() {
        return "\"delegations\":{\"roles\":["
                + "{\"name\":\"shop-releases\",\"paths\":[\"shop/releases/*/*\"]},"
                + "{\"name\":\"shop-channel-stable\",\"paths\":[\"shop/channels/stable.json\"]}]}";
    }

    public static byte[] signed(String members) {
        return UnverifiedRepository.signed(members);
    }

    public UnverifiedRepository repository() {
        return repository;
    }

    public Path data() {
        return data;
    }

    public URI uri(String path) {
        return URI.create(server.uri().toString().replaceAll("/$", "") + path);
    }

    public int port() {
        return server.uri().getPort();
    }

    public String adminToken() {
        try {
            return Files.readString(server.adminTokenFile()).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public String publisherToken(String product) {
        HttpResponse<String> answer =
                post("/api/v1/products/" + product + "/tokens", adminToken(), "");
        return json(answer).path("token").asString();
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public HttpResponse<String> post(String path, String token, String body) {
        return send(authorised(path, token).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> put(String path, String token, byte[] body) {
        return send(authorised(path, token).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public HttpRequest.Builder authorised(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /// The status of an answer and, for an error, its kind.
    public static Map<String, Object> outcome(HttpResponse<String> answer) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("status", answer.statusCode());
        outcome.put("kind", json(answer).path("kind").asString(""));
        return outcome;
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
