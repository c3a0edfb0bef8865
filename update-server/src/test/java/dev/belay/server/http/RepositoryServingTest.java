package dev.belay.server.http;

import static dev.belay.server.cli.TestServer.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What TUF clients, resuming downloads and caches rely on.
class RepositoryServingTest {
    private static final String HASH = "a".repeat(64);
    private static final String TARGET =
            "/repository/targets/shop/releases/1.0/" + HASH + ".shop-1.0-any.tgz";
    private static final int LENGTH = 1_000_000;
    private final byte[] content = new byte[LENGTH];
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        new Random(7).nextBytes(content);
        server = TestServer.startWithShop(data);
        Path target =
                data.resolve("repository/targets/shop/releases/1.0")
                        .resolve(HASH + ".shop-1.0-any.tgz");
        Files.createDirectories(target.getParent());
        Files.write(target, content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesTimestampToBeCheckedEveryTime() {
        HttpResponse<String> answer = server.get("/repository/metadata/timestamp.json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.body()).contains("snapshot.json");
    }

    @Test
    void anUnchangedTimestampIs304AndAReplacedOneIsNot() {
        String etag = header(server.get("/repository/metadata/timestamp.json"), "ETag");
        assertThat(etag).matches("\"[0-9a-f]{64}\"");

        HttpResponse<String> unchanged =
                server.get("/repository/metadata/timestamp.json", "If-None-Match", etag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(header(unchanged, "ETag")).isEqualTo(etag);
        assertThat(unchanged.body()).isEmpty();

        server.repository().commit(Map.of("root", TestServer.signed("\"version\":3")));
        HttpResponse<String> changed =
                server.get("/repository/metadata/timestamp.json", "If-None-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    @Test
    void ifNoneMatchTakesListsWeakTagsAndTheStar() {
        String etag = header(server.get(TARGET), "ETag");
        assertThat(etag).isEqualTo("\"" + HASH + "\"");

        for (String condition : new String[] {"\"other\", " + etag, "W/" + etag, "*"}) {
            assertThat(server.get(TARGET, "If-None-Match", condition).statusCode())
                    .as(condition)
                    .isEqualTo(304);
        }
        assertThat(server.get(TARGET, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void hashedAndVersionedFilesAreImmutable() {
        for (String path : new String[] {TARGET, "/repository/metadata/1.root.json"}) {
            assertThat(header(server.get(path), "Cache-Control"))
                    .isEqualTo("public, max-age=31536000, immutable");
        }
    }

    @Test
    void aWholeFileArrivesWithItsLength() throws Exception {
        HttpResponse<byte[]> answer = bytes(HttpRequest.newBuilder(server.uri(TARGET)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LENGTH);
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(content);
    }

    @Test
    void aResumedDownloadGetsTheRest() throws Exception {
        HttpResponse<byte[]> answer =
                bytes(
                        HttpRequest.newBuilder(server.uri(TARGET))
                                .header("Range", "bytes=999000-")
                                .header("If-Range", "\"" + HASH + "\""));

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range"))
                .hasValue("bytes 999000-999999/1000000");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(1_000);
        assertThat(answer.body())
                .isEqualTo(java.util.Arrays.copyOfRange(content, 999_000, 1_000_000));
    }

    @Test
    void aDownloadOfAnotherFileStartsAnew() {
        HttpResponse<String> answer =
                server.get(TARGET, "Range", "bytes=999000-", "If-Range", "\"other\"");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LENGTH);
    }

    @Test
    void aRangeBeyondTheEndIs416() {
        HttpResponse<String> answer = server.get(TARGET, "Range", "bytes=1000000-");

        assertThat(outcome(answer))
                .isEqualTo(Map.of("status", 416, "kind", "range-not-satisfiable"));
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */1000000");
    }

    @Test
    void aRangeOfMetadataInMemoryIsExact() {
        String whole = server.get("/repository/metadata/1.root.json").body();

        HttpResponse<String> part =
                server.get("/repository/metadata/1.root.json", "Range", "bytes=2-9");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(whole.substring(2, 10));
    }

    @Test
    void headSaysWhatGetWouldSend() {
        HttpResponse<String> answer =
                server.send(
                        HttpRequest.newBuilder(server.uri(TARGET))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LENGTH);
        assertThat(header(answer, "ETag")).isEqualTo("\"" + HASH + "\"");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aRoleWithASlashIsFoundInEverySpelling() throws IOException {
        Path metadata = server.data().resolve("repository/metadata");
        Files.writeString(metadata.resolve("1.a%2Fb%20c.json"), "{}", StandardCharsets.UTF_8);

        for (String spelling : new String[] {"1.a%2Fb%20c.json", "1.%61%2fb%20c.json"}) {
            assertThat(server.get("/repository/metadata/" + spelling).body())
                    .as(spelling)
                    .isEqualTo("{}");
        }
    }

    @Test
    void onlyGetAndHeadAreTaken() {
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(server.uri(TARGET)).DELETE());

        assertThat(outcome(answer)).isEqualTo(Map.of("status", 405, "kind", "method-not-allowed"));
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void directoriesAndUnknownFilesAreNotFound() {
        for (String path :
                new String[] {
                    "/repository/",
                    "/repository/metadata/",
                    "/repository/metadata/9.root.json",
                    "/repository/targets/shop",
                    "/repository/metadata/root.json",
                    "/repository/targets/shop/releases/1.0/plain.tgz"
                }) {
            assertThat(outcome(server.get(path)))
                    .as(path)
                    .isEqualTo(Map.of("status", 404, "kind", "not-found"));
        }
    }

    private HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
