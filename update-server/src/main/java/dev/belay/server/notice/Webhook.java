package dev.belay.server.notice;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Posts a warning to the address that the admin gave, and to no other: redirects are not followed.
///
/// The body is signed as GitHub signs its webhooks, so that receivers need nothing new:
/// `X-Hub-Signature-256: sha256=` and the HMAC-SHA-256 of the body in hex. `X-Belay-Delivery` is
/// the same for every attempt, so that a receiver can drop what it has.
public final class Webhook implements Predicate<ExpiryNotice>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 4;

    private final URI address;
    private final byte[] secret;
    private final Duration firstPause;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();

    /// @param secret what the receiver knows too
    /// @param firstPause before the second attempt; each further one is four times as long
    public Webhook(URI address, byte[] secret, Duration firstPause) {
        this.address = address;
        this.secret = secret.clone();
        this.firstPause = firstPause;
    }

    /// @return whether the receiver answered with a status from 200 to 299, at the last attempt at
    ///   the latest
    @Override
    public boolean test(ExpiryNotice notice) {
        byte[] body = JsonMapper.shared().writeValueAsBytes(notice.body());
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "belay-update-server")
                        .header("X-Belay-Event", "expiry")
                        .header("X-Belay-Delivery", notice.id())
                        .header("X-Hub-Signature-256", "sha256=" + signature(body))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            Duration pause = firstPause;
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                if (attempt > 1) {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(4);
                }
                if (attempt(request, attempt)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The path of the address may be a secret, so the log names the host only.
    private boolean attempt(HttpRequest request, int attempt) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            answer.body().close(); // what it says does not matter, however long it is
            int status = answer.statusCode();
            if (status / 100 == 2) {
                return true;
            }
            LOG.warn(
                    "the webhook at {} answered {} (attempt {} of {})",
                    address.getHost(),
                    status,
                    attempt,
                    ATTEMPTS);
        } catch (IOException e) {
            LOG.warn(
                    "the webhook at {} cannot be reached (attempt {} of {}): {}",
                    address.getHost(),
                    attempt,
                    ATTEMPTS,
                    e.getClass().getSimpleName());
        }
        return false;
    }

    private String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
