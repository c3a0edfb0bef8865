package dev.belay.supervisor.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Sends outcome reports to an update server.
public final class HttpReportSender implements Outbox.Sender {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TOO_MANY = 429;
    private final URI address;

    /// @param address where reports of the product are posted
    public HttpReportSender(URI address) {
        this.address = address;
    }

    /// A report that the server refuses for good (4xx) counts as taken: repeating it would change
    /// nothing.
    @Override
    public boolean send(String json) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        try {
            int status =
                    client.send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(PATIENCE)
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(json))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            return status < 300 || (status >= 400 && status < 500 && status != TOO_MANY);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            client.shutdownNow();
        }
    }
}
