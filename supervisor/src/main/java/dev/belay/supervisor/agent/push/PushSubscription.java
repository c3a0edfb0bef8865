package dev.belay.supervisor.agent.push;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Stays subscribed to the update server's event stream until it is closed.
///
/// A lost stream is reopened after a jittered, growing wait. A silent one counts as lost: the
/// server sends a comment every 15 seconds, so a connection without a byte for the heartbeat limit
/// is half open and is dropped. Redirects are not followed. Reads and their limits:
/// [EventStreamParser].
public final class PushSubscription implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// A stream that lasted this long was a good one: the next wait starts small again.
    private static final Duration GOOD_STREAM = Duration.ofSeconds(30);

    private final URI uri;
    private final PushListener listener;
    private final Backoff backoff;
    private final Duration heartbeatLimit;
    private final RandomGenerator random;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private String lastId = "";

    /// @param uri the channel's event stream
    /// @param heartbeatLimit how long a stream may be silent; 45 s suits the server's 15 s
    public PushSubscription(
            URI uri,
            PushListener listener,
            Backoff backoff,
            Duration heartbeatLimit,
            RandomGenerator random) {
        this.uri = uri;
        this.listener = listener;
        this.backoff = backoff;
        this.heartbeatLimit = heartbeatLimit;
        this.random = random;
        this.thread = Thread.ofVirtual().name("push").unstarted(this::stayConnected);
    }

    /// Starts the first connection in the background.
    public void start() {
        thread.start();
    }

    /// Ends the subscription and waits for its thread.
    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
        thread.interrupt();
        try {
            thread.join(CONNECT_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stayConnected() {
        int attempt = 0;
        while (!isClosed()) {
            long opened = System.nanoTime();
            String reason = stream();
            boolean good = System.nanoTime() - opened >= GOOD_STREAM.toNanos();
            attempt = good ? 0 : attempt;
            Duration wait = backoff.delay(attempt++, random);
            if (isClosed()) {
                return;
            }
            listener.disconnected(reason, wait);
            try {
                if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Opens the stream and reads it to its end.
    ///
    /// @return why it ended
    private String stream() {
        try {
            HttpResponse<InputStream> response =
                    http.send(request(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
                    return "the server answered %d %s".formatted(response.statusCode(), type);
                }
                listener.connected();
                read(body);
                return "the server ended the stream";
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage() == null ? e : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "stopped";
        }
    }

    private void read(InputStream body) throws IOException {
        EventStreamParser parser = new EventStreamParser(lastId, _ -> listener.hint());
        byte[] buffer = new byte[2048];
        try (Watchdog watchdog = Watchdog.over(body, heartbeatLimit)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                watchdog.alive();
                parser.feed(buffer, n);
                lastId = parser.lastId();
            }
            if (watchdog.bit()) {
                throw new IOException("no heartbeat for " + heartbeatLimit.toSeconds() + " s");
            }
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(heartbeatLimit) // of the response head; the watchdog has the rest
                        .header("Accept", "text/event-stream")
                        .header("Cache-Control", "no-store");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return request.build();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }
}
