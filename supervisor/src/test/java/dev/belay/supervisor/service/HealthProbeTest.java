package dev.belay.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.belay.versys.release.Comparison;
import dev.belay.versys.release.HealthCheck;
import dev.belay.versys.release.HealthQuestion;
import dev.belay.versys.release.Template;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A product is healthy when it says the right thing often enough in a row.
class HealthProbeTest {
    @TempDir Path directory;
    private final Deque<String> answers = new ArrayDeque<>();
    private volatile String asked = "";
    private volatile Headers headers = new Headers();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private OwnProcess product;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String answer = answers.size() > 1 ? answers.remove() : answers.element();
                    headers = exchange.getRequestHeaders();
                    if (answer.equals("hang") || answer.equals("slow")) {
                        sleep(answer.equals("hang") ? 60_000 : 700);
                    }
                    int status = answer.matches("[0-9]+") ? Integer.parseInt(answer) : 200;
                    asked = exchange.getRequestURI().toString();
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.setExecutor(threads);
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
        threads.shutdownNow();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HealthResult probe(String... said) {
        answers.addAll(List.of(said));
        return probe(
                Duration.ofMinutes(1),
                new HealthQuestion.Expectation(
                        List.of(200),
                        List.of(
                                new HealthQuestion.JsonField(
                                        "status.version",
                                        Comparison.EQUAL,
                                        Template.parse("{version}"))),
                        Optional.empty()));
    }

    private HealthResult probe(Duration within, HealthQuestion.Expectation expect) {
        HealthQuestion.Http question =
                new HealthQuestion.Http(
                        Template.parse("http://127.0.0.1:{config:conf/a:port}/health?v={version}"),
                        "GET",
                        Map.of("X-Probe", Template.parse("{version}")),
                        Optional.of(
                                new HealthQuestion.Login(
                                        Template.parse("admin"),
                                        Template.parse("{config:conf/a:password}"))),
                        expect);
        return await(new HttpAsker(question, this::filled), within);
    }

    private String filled(Template template) {
        return template.fill(
                Version.of("2.0.0"),
                wanted ->
                        wanted.key().equals("port")
                                ? String.valueOf(server.getAddress().getPort())
                                : "secret");
    }

    private HealthResult await(HealthAsker asker, Duration within) {
        HealthCheck check =
                new HealthCheck(
                        new HealthQuestion.Command(List.of()),
                        within,
                        Duration.ofMillis(1),
                        2,
                        Duration.ZERO);
        return new HealthProbe(product, () -> false).await(asker, check, within);
    }

    private static HealthQuestion.Expectation json(
            String path, Comparison comparison, String value) {
        return new HealthQuestion.Expectation(
                List.of(200),
                List.of(new HealthQuestion.JsonField(path, comparison, Template.parse(value))),
                Optional.empty());
    }

    @Test
    void oneThatAnsweredIsNotSaidToBeSilentBecauseOfItsLastAnswer() {
        answers.add("503");
        answers.add("503");
        answers.add("hang");
        HealthResult result = probe(Duration.ofSeconds(2), HealthQuestion.Expectation.DEFAULT);
        assertThat(result)
                .isInstanceOfSatisfying(
                        HealthResult.Unhealthy.class,
                        unhealthy -> {
                            assertThat(unhealthy.kind()).isEqualTo("health-refused");
                            assertThat(unhealthy.message())
                                    .contains("answered status 503 instead of 200")
                                    .contains("Last answers: 2 times from")
                                    .contains("had not answered when the time was up");
                        });
    }

    @Test
    void aSlowAnswerFailsNothing() {
        answers.addAll(List.of("{}", "slow", "{}", "{}"));
        assertThat(probe(Duration.ofMinutes(1), HealthQuestion.Expectation.DEFAULT))
                .isInstanceOf(HealthResult.Healthy.class);
    }

    @Test
    void itLogsInAndDefeatsCachesAndNeverTellsThePassword() {
        answers.add("401");
        HealthResult result = probe(Duration.ofSeconds(1), HealthQuestion.Expectation.DEFAULT);
        assertThat(headers.getFirst("Authorization")).isEqualTo("Basic YWRtaW46c2VjcmV0");
        assertThat(headers.getFirst("Cache-Control")).contains("no-cache");
        assertThat(headers.getFirst("X-Probe")).isEqualTo("2.0.0");
        assertThat(result.toString()).contains("401").doesNotContain("secret");
    }

    @Test
    void severalStatusesMayBeGood() {
        answers.addAll(List.of("302", "{}"));
        HealthQuestion.Expectation either =
                new HealthQuestion.Expectation(List.of(200, 302), List.of(), Optional.empty());
        assertThat(probe(Duration.ofMinutes(1), either)).isInstanceOf(HealthResult.Healthy.class);
    }

    @Test
    void fieldsCompareAsNumbersAndOneThatIsNotReadyYetIsWaitedFor() {
        for (int i = 0; i < 30; i++) { // more often than a wrong version is believed
            answers.add("{\"queue\": 101}");
        }
        answers.add("{\"queue\": 9}");
        assertThat(probe(Duration.ofMinutes(1), json("queue", Comparison.AT_MOST, "100")))
                .isInstanceOf(HealthResult.Healthy.class);
    }

    @Test
    void aPatternThatWouldTakeForEverIsGivenUp() {
        answers.add("{" + "a".repeat(5000) + "!");
        HealthQuestion.Expectation evil =
                new HealthQuestion.Expectation(
                        List.of(200), List.of(), Optional.of(Pattern.compile("(a+)+b")));
        assertThat(probe(Duration.ofSeconds(1), evil))
                .isInstanceOfSatisfying(
                        HealthResult.Unhealthy.class,
                        unhealthy ->
                                assertThat(unhealthy.message()).contains("nothing that matches"));
    }

    @Test
    void aPortAProgramAndALineOfTheLogAreAskedToo() throws Exception {
        Duration enough = Duration.ofMinutes(1);
        Duration little = Duration.ofMillis(300);
        int port = server.getAddress().getPort();
        assertThat(await(new TcpAsker("127.0.0.1:" + port), enough))
                .isInstanceOf(HealthResult.Healthy.class);
        server.stop(0);
        assertThat(await(new TcpAsker("127.0.0.1:" + port), little).toString())
                .contains("health-timeout", "did not answer");
        assertThat(await(new CommandAsker(launch("exit 0")), enough))
                .isInstanceOf(HealthResult.Healthy.class);
        assertThat(await(new CommandAsker(launch("echo no; exit 3")), Duration.ofSeconds(2)))
                .isInstanceOfSatisfying(
                        HealthResult.Unhealthy.class,
                        unhealthy -> {
                            assertThat(unhealthy.kind()).isEqualTo("health-refused");
                            assertThat(unhealthy.message()).contains("ended with status 3: no");
                        });
        Files.writeString(
                directory.resolve("product.log"),
                "Server startup in 900 ms\n",
                StandardOpenOption.APPEND);
        assertThat(await(new LogAsker(product::output, Pattern.compile("startup in \\d+")), enough))
                .isInstanceOf(HealthResult.Healthy.class);
        assertThat(
                        await(new LogAsker(product::output, Pattern.compile("never")), little)
                                .toString())
                .contains("its output has nothing that matches never");
    }

    private Launch launch(String script) {
        return new Launch(
                "2.0.0",
                directory,
                List.of("/bin/sh", "-c", script),
                ProductEnvironment.clean(),
                Optional.empty());
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
