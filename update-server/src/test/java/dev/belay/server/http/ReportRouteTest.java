package dev.belay.server.http;

import static dev.belay.server.cli.TestServer.json;
import static dev.belay.server.cli.TestServer.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports of hosts: anyone may send them, so they are bounded and never believed.
class ReportRouteTest {
    private static final String REPORTS = "/api/v1/products/shop/reports";
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path data) {
        server = TestServer.start(data, options -> options.clock(now::get));
        server.publishShop();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aReportShowsOnThePage() {
        HttpResponse<String> answer =
                send(
                        """
                        {"id":"r1","host":"web-1","channel":"stable","from":"9.0.117",
                         "to":"11.0.24","outcome":"updated","seconds":41.5,"supervisor":"0.1.0",
                         "kind":null,"message":null,"something-new":{"x":1}}\
                        """);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).path("recorded").asBoolean()).isTrue();
        assertThat(server.get("/").body()).contains("web-1", "11.0.24", "updated");
    }

    @Test
    void theSameReportTwiceIsOneReport() {
        send("{\"id\":\"r1\",\"host\":\"web-1\",\"to\":\"1.1\",\"outcome\":\"updated\"}");

        HttpResponse<String> again =
                send("{\"id\":\"r1\",\"host\":\"web-1\",\"to\":\"1.2\",\"outcome\":\"updated\"}");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("recorded").asBoolean()).isFalse();
        assertThat(server.get("/").body()).contains("1.1").doesNotContain("1.2<");
    }

    @Test
    void aRolledBackHostRunsTheOldVersion() {
        send(
                """
                {"id":"r1","host":"web-1","from":"11.0.24","to":"11.0.25",
                 "outcome":"rolled-back","kind":"health-check-failed"}\
                """);

        assertThat(server.get("/").body())
                .contains("11.0.24", "rolled-back", "health-check-failed")
                .doesNotContain("11.0.25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"id\":\"a\",\"id\":\"b\",\"host\":\"h\",\"outcome\":\"updated\"}",
                "{\"id\":1,\"host\":\"h\",\"outcome\":\"updated\"}",
                "{\"id\":\"a b\",\"host\":\"h\",\"outcome\":\"updated\"}",
                "{\"id\":\"a\",\"host\":\"<script>\",\"outcome\":\"updated\"}",
                "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"UPDATED!\"}",
                "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"updated\",\"from\":\"../x\"}",
                "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"updated\",\"seconds\":-1}",
                "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"updated\",\"seconds\":\"x\"}",
                "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"updated\",\"message\":[]}",
                "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"updated\"} trailing",
            })
    void malformedReportsAreRefused(String body) {
        HttpResponse<String> answer = send(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("kind").asString()).startsWith("malformed-");
        assertThat(server.get("/").body()).contains("none has reported yet");
    }

    @Test
    void aDeepDocumentIsRefused() {
        assertThat(send("{\"a\":" + "[".repeat(7_000) + "]".repeat(7_000) + "}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void anOversizeReportIs413() {
        HttpResponse<String> answer = send("{\"id\":\"" + "x".repeat(20_000) + "\"}");

        assertThat(outcome(answer)).isEqualTo(Map.of("status", 413, "kind", "too-large"));
    }

    @Test
    void anUnknownProductIsNotFound() {
        HttpResponse<String> answer =
                server.post(
                        "/api/v1/products/other/reports",
                        "none",
                        "{\"id\":\"a\",\"host\":\"h\",\"outcome\":\"updated\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void s12_aFloodFromOneAddressIsSlowedDownAndForgivenLater() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            statuses.add(
                    send("{\"id\":\"r" + i + "\",\"host\":\"h\",\"outcome\":\"updated\"}")
                            .statusCode());
        }
        assertThat(statuses).startsWith(201).endsWith(429);

        now.updateAndGet(time -> time.plusSeconds(60));
        assertThat(send("{\"id\":\"later\",\"host\":\"h\",\"outcome\":\"updated\"}").statusCode())
                .isEqualTo(201);
    }

    private HttpResponse<String> send(String body) {
        return server.post(REPORTS, "none", body);
    }
}
