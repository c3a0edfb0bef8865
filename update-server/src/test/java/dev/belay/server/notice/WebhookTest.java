package dev.belay.server.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belay.server.catalog.RoleExpiry;
import dev.belay.server.cli.TestServer;
import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import dev.belay.server.storage.Database;
import dev.belay.server.storage.SentNotices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Warnings of expiry against a real receiver.
class WebhookTest {
    private static final byte[] SECRET = "a secret of both".getBytes(UTF_8);
    private static final Instant EXPIRES = Instant.parse("2027-03-31T00:00:00Z");
    private static final RoleExpiry TARGETS = new RoleExpiry("targets", 4, EXPIRES, false);

    /// A warning as it arrived.
    record Received(JsonNode body, String signature, String expected, String delivery) {}

    @TempDir private Path directory;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Counters counters = new Counters();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failures;
    private volatile int failure = 503;
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private HttpServer receiver;
    private byte[] secret = SECRET;

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        answers.countDown();
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean good = requests.incrementAndGet() > failures;
        if (good) {
            received.add(
                    new Received(
                            JsonMapper.shared().readTree(body),
                            exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"),
                            "sha256=" + hmac(body),
                            exchange.getRequestHeaders().getFirst("X-Belay-Delivery")));
        }
        if (!good && failure == 302) {
            exchange.getResponseHeaders().add("Location", address().resolve("/other").toString());
        }
        exchange.sendResponseHeaders(good ? 204 : failure, -1);
        exchange.close();
    }

    private String hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?key=1");
    }

    /// A server's life: opens the database, checks at these moments, closes.
    private void life(RoleExpiry role, int rounds, Instant... moments) {
        try (Database database = Database.open(directory.resolve("server.db"));
                Webhook webhook = new Webhook(address(), SECRET, Duration.ofMillis(1));
                Notifier notifier =
                        new Notifier(
                                new SentNotices(database, InstantSource.system()),
                                webhook,
                                counters)) {
            for (Instant moment : moments) {
                long before = done();
                notifier.check(List.of(role), moment);
                if (rounds > 0) {
                    await().until(() -> done() == before + 1);
                }
            }
        }
    }

    private long done() {
        return counters.of(Counter.WEBHOOK_DELIVERIES) + counters.of(Counter.WEBHOOK_FAILURES);
    }

    private static Instant before(Duration left) {
        return EXPIRES.minus(left);
    }

    @Test
    void aSignedWarningSaysWhatToDo() throws Exception {
        life(TARGETS, 1, before(Duration.ofDays(20)));
        Received warning = received.poll(10, TimeUnit.SECONDS);
        assertThat(warning.signature()).isEqualTo(warning.expected());
        assertThat(warning.body().path("role").asString()).isEqualTo("targets");
        assertThat(warning.body().path("expired").asBoolean()).isFalse();
        assertThat(warning.body().path("message").asString())
                .isEqualTo("targets expires on 2027-03-31T00:00:00Z, in less than 30 days.");
        assertThat(warning.body().path("help").asString()).contains("versys sign --renew targets");
    }

    @Test
    void eachThresholdIsToldOnceAndARestartRepeatsNothing() {
        Instant month = before(Duration.ofDays(20));
        life(TARGETS, 1, month);
        life(TARGETS, 0, month, month);
        life(TARGETS, 1, before(Duration.ofDays(6)), EXPIRES);
        life(TARGETS, 0, EXPIRES, before(Duration.ofDays(6)));
        assertThat(received)
                .extracting(Received::delivery)
                .containsExactly("targets-4-PT720H", "targets-4-PT168H", "targets-4-PT0S");
        life(TARGETS, 0, before(Duration.ofDays(31)));
        RoleExpiry renewed = new RoleExpiry("targets", 5, EXPIRES.plus(Duration.ofDays(9)), false);
        life(renewed, 1, EXPIRES);
        assertThat(received).hasSize(4);
    }

    @Test
    void whatIsNotTakenIsTriedAgain() {
        failures = 2;
        life(TARGETS, 1, EXPIRES);
        assertThat(requests).hasValue(3);
        assertThat(received).hasSize(1);
        assertThat(counters.of(Counter.WEBHOOK_FAILURES)).isZero();
    }

    @Test
    void aRoundEndsAfterFourAttemptsAndTheNextOneTriesAgain() {
        failures = 5;
        life(TARGETS, 1, EXPIRES);
        assertThat(requests).hasValue(4);
        assertThat(counters.of(Counter.WEBHOOK_FAILURES)).isEqualTo(1);
        life(TARGETS, 1, EXPIRES);
        assertThat(requests).hasValue(6);
        assertThat(received).hasSize(1);
    }

    @Test
    void s04_noRedirectIsFollowed() {
        failures = 4;
        failure = 302;
        life(TARGETS, 1, EXPIRES);
        assertThat(received).isEmpty();
        assertThat(requests).hasValue(4);
        assertThat(WebhookSettings.of(URI.create("file:///etc/passwd"))).isEmpty();
        assertThat(WebhookSettings.of(URI.create("http://user@host/"))).isEmpty();
        assertThat(WebhookSettings.of(address())).isPresent();
    }

    @Test
    void aReceiverThatNeverAnswersHoldsNobodyUp() {
        answers = new CountDownLatch(1);
        // Returns at once, also from closing, although the receiver holds the request.
        life(TARGETS, 0, EXPIRES, EXPIRES);
        assertThat(received).isEmpty();
        answers.countDown();
        life(TARGETS, 1, EXPIRES);
    }

    @Test
    void aServerWarnsFromItsStartOn() throws Exception {
        Path data = directory.resolve("data");
        TestServer.startWithShop(data).close();
        Instant late = Instant.parse("2029-12-30T00:00:00Z");
        WebhookSettings settings = new WebhookSettings(address(), Duration.ofMillis(1));
        for (int start = 1; start <= 2; start++) {
            try (TestServer server =
                    TestServer.start(
                            data,
                            options ->
                                    options.webhook(settings).clock(InstantSource.fixed(late)))) {
                Path file = data.resolve("webhook-secret");
                secret = Files.readString(file).strip().getBytes(UTF_8);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                if (start == 1) {
                    await().until(() ->
                            server.get("/metrics")
                                    .body()
                                    .contains("belay_webhook_deliveries_total 4\n"));
                }
            }
        }
        assertThat(received)
                .extracting(warning -> warning.body().path("role").asString())
                .containsExactlyInAnyOrder(
                        "root", "targets", "shop-releases", "shop-channel-stable");
    }
}
