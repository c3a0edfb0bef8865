package dev.belay.supervisor.agent;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Talks to an agent as its page does: opens a link, then asks, presses Update, follows the events.
final class PageClient implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI agent;
    private final String key;

    /// @param link of `supervisor open`
    PageClient(URI link) throws Exception {
        this.agent = link.resolve("/");
        this.key =
                http.send(
                                HttpRequest.newBuilder(link).build(),
                                HttpResponse.BodyHandlers.discarding())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow()
                        .replaceFirst(".*#key=", "");
    }

    JsonNode get(String path) throws Exception {
        return JsonMapper.shared()
                .readTree(
                        http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                                .body());
    }

    int post(String path, String body) throws Exception {
        return http.send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /// What the event stream says from now on.
    Queue<String> events() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        http.sendAsync(
                        request("/api/events").header("Accept", "text/event-stream").build(),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAccept(answer -> answer.body().forEach(lines::add));
        return lines;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(agent.resolve(path)).header("X-Belay-Key", key);
    }
}
