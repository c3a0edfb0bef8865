package dev.belay.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.belay.versys.release.HealthCheck;
import dev.belay.versys.release.Template;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A product is healthy when it says the right thing often enough in a row.
class HealthProbeTest {
    @TempDir Path directory;
    private final Deque<String> answers = new ArrayDeque<>();
    private String asked = "";
    private HttpServer server;
    private OwnProcess product;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String answer = answers.size() > 1 ? answers.remove() : answers.element();
                    int status = answer.startsWith("{") ? 200 : Integer.parseInt(answer);
                    asked = exchange.getRequestURI().toString();
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        product =
                new OwnProcess(
                        directory.resolve("service.json"),
                        directory.resolve("product.log"),
                        InstantSource.system());
        product.start(
                new Launch(
                        "2.0.0",
                        directory,
                        List.of("/bin/sleep", "600"),
                        ProductEnvironment.clean(),
                        Optional.empty()));
    }

    @AfterEach
    void stop() {
        product.stop(Duration.ofSeconds(10));
        server.stop(0);
    }

    private HealthResult probe(String... said) {
        answers.addAll(List.of(said));
        HealthCheck check =
                new HealthCheck(
                        Template.parse("http://127.0.0.1:{config:conf/a:port}/health?v={version}"),
                        200,
                        Map.of("status.version", Template.parse("{version}")),
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        2);
        return new HealthProbe(product, () -> false)
                .await(
                        check,
                        Duration.ofMinutes(1),
                        template ->
                                template.fill(
                                        Version.of("2.0.0"),
                                        _ -> String.valueOf(server.getAddress().getPort())));
    }

    @Test
    void twoGoodAnswersInARowAreNeededAndTheTemplatesAreFilled() {
        String good = "{\"status\":{\"version\":\"2.0.0\"}}";

        assertThat(probe("503", good, "{}", good, "503", good, good))
                .isInstanceOf(HealthResult.Healthy.class);

        assertThat(asked).isEqualTo("/health?v=2.0.0");
        assertThat(answers).containsExactly(good);
    }

    @Test
    void oneThatInsistsOnAWrongAnswerIsNotWaitedFor() {
        assertThat(probe("{\"status\":{\"version\":\"1.0.0\"}}"))
                .isInstanceOfSatisfying(
                        HealthResult.Unhealthy.class,
                        unhealthy -> {
                            assertThat(unhealthy.kind()).isEqualTo("health-wrong-answer");
                            assertThat(unhealthy.message())
                                    .contains("answered status.version 1.0.0 instead of 2.0.0");
                        });
    }

    @Test
    void oneThatEndsIsNotWaitedFor() {
        answers.add("503");
        product.stop(Duration.ofSeconds(10));

        assertThat(probe("503"))
                .isInstanceOfSatisfying(
                        HealthResult.Unhealthy.class,
                        unhealthy -> assertThat(unhealthy.kind()).isEqualTo("product-died"));
    }
}
