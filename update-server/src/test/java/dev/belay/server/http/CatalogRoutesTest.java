package dev.belay.server.http;

import static dev.belay.server.cli.TestServer.json;
import static dev.belay.server.cli.TestServer.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.Channels;
import dev.belay.server.cli.TestServer;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What anyone may ask about what is published.
class CatalogRoutesTest {
    private static final String STABLE = "/api/v1/products/shop/channels/stable";
    private TestServer server;
    private String token;

    @BeforeEach
    void start(@TempDir Path data) {
        server = TestServer.startWithShop(data);
        token = server.publisherToken("shop");
        assertThat(server.publish(token, Channels.stable("New look.")).statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsProductsWithTheirChannels() {
        assertThat(server.get("/api/v1/products").body())
                .isEqualTo("{\"products\":[{\"product\":\"shop\",\"channels\":[\"stable\"]}]}");
    }

    @Test
    void listsTheReleasesOfAChannelNewestLast() {
        JsonNode releases = json(server.get(STABLE)).path("releases");

        assertThat(releases.size()).isEqualTo(4);
        assertThat(releases.path(1).path("required-stop").asBoolean()).isTrue();
        assertThat(releases.path(2).path("withdrawn").path("message").asString())
                .isEqualTo("Loses sessions.");
        JsonNode newest = releases.path(3);
        assertThat(newest.path("version").asString()).isEqualTo("11.0.24");
        assertThat(newest.path("date").asString()).isEqualTo("2026-11-02T10:00:00Z");
        assertThat(newest.path("notes").asString()).isEqualTo("New look.");
        assertThat(newest.path("platforms").path(0).path("length").asLong()).isEqualTo(14_443_350);
    }

    @Test
    void answersTheUpgradePath() {
        JsonNode plan = json(server.get(STABLE + "/path?from=9.0.117&platform=linux-amd64"));

        assertThat(plan.path("outcome").asString()).isEqualTo("path");
        assertThat(plan.path("hops").path(0).path("version").asString()).isEqualTo("10.1.59");
        assertThat(plan.path("hops").path(1).path("version").asString()).isEqualTo("11.0.24");
    }

    @Test
    void takesWhatTheCommandLineTakes() {
        Channel rolledOut =
                ChannelEditor.rolloutStart(
                                Channels.stable(""),
                                Version.of("11.0.24"),
                                Instant.parse("2026-11-20T00:00:00Z"),
                                Duration.ofHours(100),
                                0)
                        .channel();
        server.publish(token, rolledOut);
        String from = "/path?from=10.1.59&at=2026-11-21T00:00:00Z&platform=linux-amd64";

        assertThat(last(from + "&wariness=0.2")).isEqualTo("11.0.24");
        assertThat(last(from + "&wariness=0.9")).isNotEqualTo("11.0.24");
        assertThat(last(from + "&wariness=0.9&now=true")).isEqualTo("11.0.24");
        assertThat(last(from + "&now=true&reject=11.0.24")).isNotEqualTo("11.0.24");
        assertThat(server.get(STABLE + from + "&reject=11.24").statusCode()).isEqualTo(400);
        assertThat(server.get(STABLE + from + "&accept-risk=None").body()).contains("unknown-risk");
        assertThat(last(from + "&now=true&pin=%3C11.0.24")).isNotEqualTo("11.0.24");
        assertThat(
                        json(server.get(STABLE + from + "&wariness=0.9&explain=true"))
                                .path("explanation")
                                .toString())
                .contains("11.0.24 is open to 24.0 % of the hosts", "`--now` takes it");
    }

    private String last(String question) {
        JsonNode hops = json(server.get(STABLE + question)).path("hops");
        return hops.isEmpty() ? "" : hops.path(hops.size() - 1).path("version").asString();
    }

    @Test
    void s15_aWithdrawnReleaseIsNotReplacedByTheNextBest() {
        Channel withdrawn =
                ChannelEditor.withdraw(
                                Channels.stable(""), Version.of("11.0.24"), Notice.of("Halted."))
                        .channel();
        server.publish(token, withdrawn);

        JsonNode plan = json(server.get(STABLE + "/path?from=10.1.59"));

        assertThat(plan.path("hops").toString())
                .doesNotContain("11.0.23")
                .doesNotContain("11.0.24");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/path",
                "/path?from=",
                "/path?from=../x",
                "/path?from=9.0.117&to=%00",
                "/path?from=9.0.117&platform=../x",
                "/path?from=%ff",
                "/path?from=9.0.117&from=9.0.118",
                "/path?from=9.0.117&wariness=2",
                "/path?from=9.0.117&wariness=NaN",
                "/path?from=9.0.117&at=tomorrow",
                "/path?from=9.0.117&fact=java",
                "/path?from=9.0.117&policy=best",
                "/path?from=9.0.117&pin=%3C%3C4",
                "/path?from=9.0.117&now=perhaps",
                "/path?from=9.0.117&platfrom=linux-amd64"
            })
    void malformedQuestionsAreNamed(String question) {
        assertThat(server.get(STABLE + question).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products/none/channels/stable",
                "/api/v1/products/shop/channels/none",
                "/api/v1/products/SHOP/channels/stable",
                "/api/v1/products/none/channels/x/path",
                "/api/v1/products/shop",
                "/api/v2/products",
                "/admin-token",
                "/debug"
            })
    void unknownAddressesAreNotFound(String path) {
        assertThat(outcome(server.get(path))).isEqualTo(Map.of("status", 404, "kind", "not-found"));
    }

    @Test
    void aMalformedDocumentIsNamedAndTheServerGoesOn() throws Exception {
        byte[] garbage = "{\"releases\":7}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String hash = dev.belay.packaging.digest.Digest.sha256(garbage).hex();
        java.nio.file.Files.write(
                server.data()
                        .resolve("repository/targets/shop/channels")
                        .resolve(hash + ".stable.json"),
                garbage);
        server.publishDocument(token, "stable", hash, garbage.length);

        assertThat(json(server.get(STABLE)).path("problem").asString()).contains("malformed");
        assertThat(server.get("/").body()).contains("malformed");
        assertThat(server.get(STABLE + "/path?from=9.0.117").statusCode()).isEqualTo(404);

        server.publishDocument(token, "stable", "0".repeat(64), 3);
        assertThat(json(server.get(STABLE)).path("problem").asString()).contains("missing");
    }

    @Test
    void healthSaysOk() {
        assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void theOnlineKeyIsPublic() {
        assertThat(json(server.get("/api/v1/online-key")).path("keytype").asString())
                .isEqualTo("ed25519");
    }

    @Test
    void publicAnswersSurviveARestart() {
        Path data = server.data();
        String before = server.get(STABLE).body();
        server.close();

        // The catalogue is read from the repository on disk, not kept in memory.
        var reader =
                new dev.belay.server.catalog.Publications(
                        new dev.belay.server.cli.UnverifiedRepository(data.resolve("repository")),
                        (channel, snapshot) -> {});

        assertThat(reader.current().channels()).hasSize(1);
        assertThat(before).contains("11.0.24");
    }
}
