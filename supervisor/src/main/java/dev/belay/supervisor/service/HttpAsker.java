package dev.belay.supervisor.service;

import dev.belay.supervisor.json.Json;
import dev.belay.versys.release.HealthQuestion;
import dev.belay.versys.release.Template;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Sends a request, each time anew: no cache, no redirect, a bounded body, a deadline that also
/// covers a body that never ends.
final class HttpAsker implements HealthAsker {
    private static final int MAX_BODY = 1 << 20;
    private final HttpClient client;
    private final HttpRequest request;
    private final HealthQuestion.Expectation expect;
    private final Map<HealthQuestion.JsonField, String> wanted = new LinkedHashMap<>();

    /// @param filled fills the placeholders
    /// @throws IllegalArgumentException if what they are filled with makes no request
    HttpAsker(HealthQuestion.Http question, Function<Template, String> filled) {
        expect = question.expect();
        expect.json().forEach(field -> wanted.put(field, filled.apply(field.value())));
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(filled.apply(question.url())))
                        .header("Cache-Control", "no-cache, no-store")
                        .header("Pragma", "no-cache")
                        .header("Accept", "application/json, */*;q=0.5")
                        .method(question.method(), HttpRequest.BodyPublishers.noBody());
        question.headers().forEach((name, value) -> builder.setHeader(name, filled.apply(value)));
        question.login()
                .ifPresent(login ->
                        builder.header(
                                "Authorization",
                                basic(filled.apply(login.user()), filled.apply(login.password()))));
        request = builder.build();
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    private static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public String whom() {
        return request.uri().toString();
    }

    @Override
    public HealthAnswer ask(Duration left) {
        CompletableFuture<HttpResponse<byte[]>> future =
                client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), MAX_BODY));
        try {
            return judged(
                    future.get(HealthAsker.wait(left).toMillis(), TimeUnit.MILLISECONDS), left);
        } catch (TimeoutException e) {
            future.cancel(true);
            return HealthAsker.late(left);
        } catch (ExecutionException e) {
            return new HealthAnswer.Silent(words(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HealthAnswer.Silent("was not asked to the end");
        }
    }

    private static String words(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "did not answer: nothing listens there";
        }
        if (cause instanceof IOException io && io.getMessage() != null) {
            return "did not answer: " + io.getMessage();
        }
        return "did not answer: " + cause;
    }

    private HealthAnswer judged(HttpResponse<byte[]> response, Duration left) {
        int status = response.statusCode();
        if (!expect.statuses().contains(status)) {
            return new HealthAnswer.Refused(
                    "answered status "
                            + status
                            + " instead of "
                            + String.join(
                                    " or ",
                                    expect.statuses().stream().map(String::valueOf).toList()));
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (expect.body().isPresent()
                && !BoundedText.finds(expect.body().get(), body, HealthAsker.wait(left))) {
            return new HealthAnswer.Refused(
                    "answered nothing that matches " + expect.body().get().pattern());
        }
        return wanted.isEmpty() ? new HealthAnswer.Good() : compared(body);
    }

    private HealthAnswer compared(String body) {
        JsonNode json;
        try {
            json = Json.read(body, JsonNode.class);
        } catch (JacksonException e) {
            return new HealthAnswer.Refused("answered no JSON");
        }
        for (Map.Entry<HealthQuestion.JsonField, String> entry : wanted.entrySet()) {
            HealthQuestion.JsonField field = entry.getKey();
            JsonNode node = json.at("/" + field.path().replace('.', '/'));
            String value = node.isValueNode() ? node.asString() : node.toString();
            String found = node.isMissingNode() ? "nothing" : value;
            if (node.isMissingNode() || !field.comparison().holds(value, entry.getValue())) {
                String words =
                        "answered "
                                + field.path()
                                + " "
                                + found
                                + " instead of "
                                + field.comparison().words(entry.getValue());
                return field.value().namesVersion()
                        ? new HealthAnswer.Wrong(words)
                        : new HealthAnswer.Refused(words);
            }
        }
        return new HealthAnswer.Good();
    }

    @Override
    public void close() {
        client.shutdownNow(); // does not wait for an answer that never comes
    }
}
