package dev.belay.supervisor.agent.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a real HTTP server that behaves as the test says.
class PushSubscriptionTest implements PushListener {
    /// What the server writes to each connection in turn; `hang` keeps it open.
    private final BlockingQueue<String> script = new LinkedBlockingQueue<>();

    private final ConcurrentLinkedQueue<String> lastIds = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> reasons = new ArrayBlockingQueue<>(1000);
    private final AtomicInteger hints = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private HttpServer server;
    private PushSubscription subscription;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/events", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        subscription.close();
        server.stop(0);
    }

    @Test
    void anEventIsAHintAndTheIdComesBackAfterADrop() throws InterruptedException {
        script.add("id: 41\nevent: channel\ndata: {}\n\n");
        script.add("hang");
        subscribe("/events", Duration.ofSeconds(45));
        await().until(() -> connections.get() == 2);
        assertThat(hints).hasValue(1);
        assertThat(lastIds).containsExactly("", "41");
        assertThat(reasons.poll(5, TimeUnit.SECONDS)).isEqualTo("the server ended the stream");
    }

    @Test
    void forgedRepeatedAndReorderedEventsAreHintsLikeAnyOther() {
        script.add("id: 9\ndata: {\"snapshot\":9}\n\nid: 2\ndata: <x>\n\nid: 9\ndata: again\n\n");
        script.add("hang");
        subscribe("/events", Duration.ofSeconds(45));
        await().until(() -> connections.get() == 2);
        assertThat(hints).hasValue(3);
    }

    @Test
    void anEndlessEventIsCutOff() throws InterruptedException {
        script.add("flood");
        script.add("hang");
        subscribe("/events", Duration.ofSeconds(45));
        assertThat(reasons.poll(10, TimeUnit.SECONDS)).contains("longer than");
        assertThat(hints).hasValue(0);
    }

    @Test
    void aSilentConnectionIsTakenForDead() throws InterruptedException {
        script.add(": hello\n\nhang");
        script.add("hang");
        subscribe("/events", Duration.ofMillis(150));
        assertThat(reasons.poll(10, TimeUnit.SECONDS)).isNotEmpty();
        await().until(() -> connections.get() >= 2);
    }

    @Test
    void redirectsAndOtherAnswersAreNotFollowed() throws InterruptedException {
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/events");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        subscribe("/moved", Duration.ofSeconds(45));
        assertThat(reasons.poll(10, TimeUnit.SECONDS)).contains("302");
        assertThat(connections).hasValue(0);
    }

    @Test
    void aServerThatIsDownIsTriedAgain() {
        server.stop(0);
        subscribe("/events", Duration.ofSeconds(45));
        await().until(() -> reasons.size() >= 3);
        assertThat(hints).hasValue(0);
    }

    private void subscribe(String path, Duration heartbeat) {
        subscription =
                new PushSubscription(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                        this,
                        new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)),
                        heartbeat,
                        new SplittableRandom(7));
        subscription.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        lastIds.add(last == null ? "" : last);
        connections.incrementAndGet();
        String text = script.poll() instanceof String next ? next : "hang";
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream;charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (text.equals("flood")) {
                flood(out);
                return;
            }
            out.write(text.replace("hang", "").getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (text.endsWith("hang")) {
                new java.util.concurrent.CountDownLatch(1).await(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A gigabyte of one event, or as much of it as the client takes.
    private static void flood(OutputStream out) throws IOException {
        byte[] line = ("data: " + "x".repeat(4000) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 250_000; i++) {
            out.write(line);
        }
    }

    @Override
    public void connected() {}

    @Override
    public void hint() {
        hints.incrementAndGet();
    }

    @Override
    public void disconnected(String reason, Duration retryIn) {
        reasons.offer(reason);
    }
}
