package dev.belay.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.Channels;
import dev.belay.server.cli.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees who opens the server's address.
class OverviewPageTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path data) {
        server = TestServer.start(data, options -> options.clock(now::get));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anEmptyServerSaysWhatToDo() {
        assertThat(server.get("/").body()).contains("Nothing is published yet", "versys publish");
    }

    @Test
    void showsReleasesWithTheirMarksNewestFirst() {
        publish("Sessions are kept.");

        assertThat(server.get("/").body())
                .containsSubsequence("11.0.24", "11.0.23", "10.1.59", "9.0.117")
                .contains("14.4 MB", "2026-11-02", "required stop", "withdrawn")
                .contains("Loses sessions.", "Sessions are kept.", "4 releases");
    }

    @Test
    void hostileNotesStayText() {
        publish("<script>alert('x')</script><img src=x onerror=\"y\"> & \u202etxt.exe\u0007");

        assertThat(server.get("/").body())
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\u202e")
                .doesNotContain("\u0007")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                .contains("onerror=&quot;y&quot;&gt; &amp; ");
    }

    @Test
    void mayLoadNothingButItsOwnStyle() {
        HttpResponse<String> answer = server.get("/");
        String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");

        assertThat(policy)
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'", "form-action 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.body())
                .contains("<html lang=\"en\">", "name=\"viewport\"", "<h1>")
                .doesNotContain("style=\"");
    }

    @Test
    void warnsBeforeAnythingExpiresAndWhenItHas() {
        publish("");
        assertThat(server.get("/").body()).doesNotContain("role=\"alert\"");

        now.set(Instant.parse("2029-12-20T00:00:00Z"));
        assertThat(server.get("/").body())
                .contains("role=\"alert\"", "expires in 12 days", "Sign it again with versys");

        now.set(Instant.parse("2030-01-02T00:00:00Z"));
        assertThat(server.get("/").body()).contains("has expired", "refuse new installs");
    }

    @Test
    void showsHostsWithTheirLastOutcome() {
        publish("");
        server.post(
                "/api/v1/products/shop/reports",
                "none",
                """
                {"id":"r1","host":"web-1","channel":"stable","from":"9.0.117","to":"10.1.59",
                 "outcome":"updated"}\
                """);
        now.set(now.get().plusSeconds(7_200));

        assertThat(server.get("/").body())
                .containsSubsequence("web-1", "10.1.59", "stable", "updated", "2 hours ago");
    }

    @Test
    void sizesAndSpansReadNaturally() {
        assertThat(Figures.size(0)).isEqualTo("0 B");
        assertThat(Figures.size(999)).isEqualTo("999 B");
        assertThat(Figures.size(1_000)).isEqualTo("1.0 KB");
        assertThat(Figures.size(999_960)).isEqualTo("1.0 MB");
        assertThat(Figures.size(4_200_000_000_000_000L)).isEqualTo("4200.0 TB");
        assertThat(Figures.span(Duration.ofMinutes(1))).isEqualTo("1 minute");
        assertThat(Figures.span(Duration.ofDays(-2))).isEqualTo("2 days");
    }

    private void publish(String notes) {
        server.publishShop();
        String token = server.publisherToken("shop");
        assertThat(server.publish(token, Channels.stable(notes)).statusCode()).isEqualTo(200);
    }
}
