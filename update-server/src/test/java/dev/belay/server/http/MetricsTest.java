package dev.belay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a Prometheus server reads.
class MetricsTest {
    @Test
    void everyRolesExpiryIsThereInTheTextFormat(@TempDir Path data) {
        try (TestServer server = TestServer.startWithShop(data)) {
            HttpResponse<String> answer = server.get("/metrics");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            long expires = Instant.parse("2030-01-01T00:00:00Z").getEpochSecond();
            for (String role : new String[] {"root", "targets", "shop-channel-stable"}) {
                assertThat(answer.body())
                        .contains(
                                "belay_metadata_expiry_timestamp_seconds{role=\"%s\",renewed_by=\"vendor\"} %d\n"
                                        .formatted(role, expires));
            }
            assertThat(answer.body())
                    .contains("{role=\"timestamp\",renewed_by=\"server\"} " + expires + "\n")
                    .contains("belay_metadata_version{role=\"root\",renewed_by=\"vendor\"} 2\n");
            Set<String> typed = new HashSet<>();
            for (String line : answer.body().split("\n")) {
                if (line.startsWith("# TYPE ")) {
                    assertThat(typed.add(line.split(" ")[2])).as(line).isTrue();
                } else if (!line.startsWith("#")) {
                    assertThat(line)
                            .matches(
                                    "[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*})? [0-9]+");
                    assertThat(typed).contains(line.replaceFirst("[{ ].*", ""));
                }
            }
        }
    }

    @Test
    void countsWhatHappens(@TempDir Path data) {
        try (TestServer server = TestServer.startWithShop(data)) {
            assertThat(server.get("/metrics").body()).contains("belay_publications_total 1\n");
            String report = "{\"id\":\"r1\",\"host\":\"h1\",\"outcome\":\"updated\"}";
            for (int i = 0; i < 2; i++) {
                server.post("/api/v1/products/shop/reports", "none", report);
            }
            assertThat(server.get("/metrics").body()).contains("belay_reports_total 1\n");
        }
    }
}
