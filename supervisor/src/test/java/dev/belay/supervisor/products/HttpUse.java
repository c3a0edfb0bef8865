package dev.belay.supervisor.products;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// Requests to a product, which must answer with 2xx.
final class HttpUse {
    /// Node takes the offer of HTTP/2 for a web socket, and never answers.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private HttpUse() {}

    static String get(int port, String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(port, path, headers).build());
    }

    static String post(int port, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                request(port, path, headers)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /// The value of the header `Authorization` for basic authentication.
    static String login(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static HttpRequest.Builder request(int port, String path, String... headers) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .headers(headers);
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
