package dev.belay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every changing route with every method and every kind of token: what is not allowed does
/// nothing.
class AccessMatrixTest {
    private static final String BLOB = "/api/v1/products/shop/blobs/" + "0".repeat(64);
    private static final Map<String, String> MUTATING =
            Map.of(
                    BLOB,
                    "PUT",
                    "/api/v1/products/shop/metadata",
                    "POST",
                    "/api/v1/products/shop/tokens",
                    "POST",
                    "/api/v1/repository",
                    "POST",
                    "/api/v1/online-key",
                    "POST");
    private static TestServer server;
    private static String shopToken;
    private static String otherToken;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = TestServer.startWithShop(data);
        shopToken = server.publisherToken("shop");
        otherToken = server.publisherToken("other");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    record Attempt(String method, String path, String who, String authorisation, int expected) {
        @Override
        public String toString() {
            return method + " " + path.replaceAll("0{64}", "…") + " as " + who + " -> " + expected;
        }
    }

    static Stream<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        MUTATING.forEach((path, method) -> {
            for (String other : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                boolean shown = path.endsWith("online-key") && other.equals("GET");
                if (!other.equals(method) && !shown) {
                    attempts.add(new Attempt(other, path, "admin", "admin", 405));
                    attempts.add(new Attempt(other, path, "publisher", "shop", 405));
                }
            }
            attempts.add(new Attempt(method, path, "other publisher", "other", 403));
            boolean admins = !path.startsWith("/api/v1/products/") || path.endsWith("tokens");
            attempts.add(
                    new Attempt(
                            method,
                            path,
                            admins ? "publisher" : "admin",
                            admins ? "shop" : "admin",
                            403));
        });
        String change = "/api/v1/products/shop/changes/root-2";
        for (String method : List.of("GET", "PUT", "DELETE")) {
            attempts.add(new Attempt(method, change, "other publisher", "other", 403));
        }
        for (String method : List.of("POST", "PATCH")) {
            attempts.add(new Attempt(method, change, "admin", "admin", 405));
            attempts.add(new Attempt(method, change, "publisher", "shop", 405));
        }
        return attempts.stream();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void s01_s03_onlyTheRightTokenOnTheRightMethod(Attempt attempt) throws IOException {
        String before = state();

        HttpResponse<String> answer =
                send(attempt.method(), attempt.path(), "Bearer " + token(attempt.authorisation()));

        assertThat(answer.statusCode()).isEqualTo(attempt.expected());
        assertThat(TestServer.json(answer).path("kind").asString(""))
                .isIn("method-not-allowed", "forbidden");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void s01_s12_everythingWrongWithATokenLooksTheSame(@TempDir Path data) {
        try (TestServer fresh = TestServer.startWithShop(data)) {
            String good = fresh.publisherToken("shop");
            List<String> wrong =
                    List.of(
                            "Bearer " + good.substring(0, good.length() - 1),
                            "Bearer " + good + "x",
                            "Bearer",
                            "Bearer ",
                            "Basic " + good,
                            good,
                            "Bearer ' OR 1=1 --",
                            "Bearer " + good.toUpperCase(java.util.Locale.ROOT));
            List<String> bodies = new ArrayList<>();
            bodies.add(unauthorised(fresh, null));
            wrong.forEach(authorisation -> bodies.add(unauthorised(fresh, authorisation)));

            assertThat(bodies).allMatch(body -> body.equals(bodies.getFirst()));
            assertThat(bodies.getFirst()).contains("unauthorised");
        }
    }

    private static String unauthorised(TestServer fresh, String authorisation) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(fresh.uri("/api/v1/products/shop/metadata"))
                        .POST(BodyPublishers.ofString("{}"));
        if (authorisation != null) {
            request.header("Authorization", authorisation);
        }
        HttpResponse<String> answer = fresh.send(request);
        assertThat(answer.statusCode()).as(authorisation + ": " + answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        return answer.body();
    }

    @Test
    void s12_manyWrongTokensAreSlowedDownAndTheRightOneStillPasses(@TempDir Path data) {
        try (TestServer fresh = TestServer.startWithShop(data)) {
            String good = fresh.publisherToken("shop");
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                statuses.add(fresh.post("/api/v1/repository", "wrong" + i, "{}").statusCode());
            }

            assertThat(statuses).startsWith(401).endsWith(429).containsOnly(401, 429);
            assertThat(fresh.post("/api/v1/products/shop/metadata", good, "[]").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void s10_tokensAreNowhereOnTheDiskBesidesTheAdminsFile() throws IOException {
        try (Stream<Path> files = Files.walk(server.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(shopToken)).as(file.toString()).isFalse();
                assertThat(content.contains(server.adminToken()))
                        .as(file.toString())
                        .isEqualTo(file.endsWith("admin-token"));
            }
        }
    }

    @Test
    void aRevokedTokenIsNoToken() {
        String token = server.publisherToken("gone");
        assertThat(server.post("/api/v1/products/gone/metadata", token, "[]").statusCode())
                .isEqualTo(400);

        int status =
                dev.belay.versys.console.CommandRunner.run(
                        new dev.belay.server.cli.Main(),
                        "token",
                        "revoke",
                        "--data",
                        server.data().toString(),
                        "--product",
                        "gone");

        assertThat(status).isZero();
        assertThat(server.post("/api/v1/products/gone/metadata", token, "[]").statusCode())
                .isEqualTo(401);
    }

    private static String token(String who) {
        return switch (who) {
            case "admin" -> server.adminToken();
            case "shop" -> shopToken;
            default -> otherToken;
        };
    }

    private static HttpResponse<String> send(String method, String path, String authorisation) {
        return server.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", authorisation)
                        .method(method, BodyPublishers.ofString("{\"metadata\":{}}")));
    }

    private static String state() throws IOException {
        try (Stream<Path> files = Files.walk(server.data().resolve("repository"))) {
            return files.map(Path::toString).sorted().toList().toString();
        }
    }
}
