package dev.belay.supervisor.service;

import dev.belay.supervisor.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks one URL, each time anew: no cache, no redirect, a bounded body, a deadline that also covers
/// a body that never ends.
final class HttpQuestion implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_BODY = 1 << 20;
    private final HttpClient client;
    private final HttpRequest request;

    HttpQuestion(String url) {
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
        request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Cache-Control", "no-cache, no-store")
                        .header("Pragma", "no-cache")
                        .header("Accept", "application/json, */*;q=0.5")
                        .GET()
                        .build();
    }

    /// What came back.
    sealed interface Reply {
        record Received(int status, String body) implements Reply {}

        record Nothing(String why) implements Reply {}

        /// @param json dotted paths into the answer's JSON and the texts that must stand there
        default HealthAnswer judged(int expected, Map<String, String> json) {
            return switch (this) {
                case Nothing(String why) -> new HealthAnswer.None(why);
                case Received(int status, String _) when status != expected ->
                        new HealthAnswer.None(
                                "answered status " + status + " instead of " + expected);
                case Received(int _, String body) -> compared(body, json);
            };
        }
    }

    Reply ask(Duration atMost) {
        Duration wait = atMost.compareTo(PATIENCE) < 0 ? atMost : PATIENCE;
        CompletableFuture<HttpResponse<byte[]>> future =
                client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), MAX_BODY));
        try {
            HttpResponse<byte[]> response = future.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Received(
                    response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            future.cancel(true);
            return new Reply.Nothing("did not answer within " + wait.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Reply.Nothing(words(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Nothing("was not asked to the end");
        }
    }

    private static String words(@org.jspecify.annotations.Nullable Throwable cause) {
        if (cause instanceof java.net.ConnectException) {
            return "did not answer: nothing listens there";
        }
        if (cause instanceof IOException io && io.getMessage() != null) {
            return "did not answer: " + io.getMessage();
        }
        return "did not answer: " + cause;
    }

    private static HealthAnswer compared(String body, Map<String, String> expected) {
        if (expected.isEmpty()) {
            return new HealthAnswer.Good();
        }
        JsonNode json;
        try {
            json = Json.read(body, JsonNode.class);
        } catch (JacksonException e) {
            return new HealthAnswer.Wrong("answered no JSON");
        }
        for (Map.Entry<String, String> entry : expected.entrySet()) {
            JsonNode node = json.at("/" + entry.getKey().replace('.', '/'));
            String value = node.isMissingNode() ? "nothing" : node.asString();
            if (!value.equals(entry.getValue())) {
                return new HealthAnswer.Wrong(
                        "answered "
                                + entry.getKey()
                                + " "
                                + value
                                + " instead of "
                                + entry.getValue());
            }
        }
        return new HealthAnswer.Good();
    }

    @Override
    public void close() {
        client.shutdownNow(); // does not wait for an answer that never comes
    }
}
