package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.PublicationConflictException;
import dev.belay.versys.version.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// An update server, over its HTTP interface (docs/architecture.md).
public final class ServerEndpoint implements PublishEndpoint {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long SLOWEST_UPLOAD = 16 * 1024;

    private static final int MAX_CHANGES = 100;
    private static final int MAX_GROUPS = 50_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._+-]{0,127}");
    private final String server;
    private final Supplier<String> token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    /// @param server its address, with or without a trailing slash
    /// @param token asked when something is published
    public ServerEndpoint(String server, Supplier<String> token) {
        this.server = server.endsWith("/") ? server : server + "/";
        this.token = token;
    }

    @Override
    public RepositoryLocation location() {
        return RepositoryLocation.below(URI.create(server + "repository/"));
    }

    @Override
    public TufKey onlineKey() {
        return TufKey.parse(send(request("api/v1/online-key", ANSWER).GET()));
    }

    @Override
    public TufKey makeOnlineKey() {
        return TufKey.parse(
                send(
                        authorized(request("api/v1/online-key", ANSWER))
                                .POST(BodyPublishers.noBody())));
    }

    @Override
    public void commitRepository(Map<String, byte[]> metadata) {
        post("api/v1/repository", metadata);
    }

    @Override
    public boolean stage(String product, Digest digest, Path file) {
        try {
            Duration patience = ANSWER.plusSeconds(Files.size(file) / SLOWEST_UPLOAD);
            String route = "api/v1/products/" + product + "/blobs/" + digest.hex();
            BodyPublisher body = BodyPublishers.ofFile(file);
            JsonObject answer = send(authorized(request(route, patience)).PUT(body));
            return !new JsonValue.JsonBoolean(false).equals(answer.members().get("staged"));
        } catch (IOException e) {
            throw new BelayException(
                    "file-unreadable",
                    "Cannot read " + file + ": " + e.getMessage() + ".",
                    "Nothing was published. Check the file.",
                    e);
        }
    }

    @Override
    public long commit(String product, Map<String, byte[]> metadata) {
        JsonObject answer = post("api/v1/products/" + product + "/metadata", metadata);
        return answer.members().get("snapshot") instanceof JsonInteger version
                ? version.value()
                : 0;
    }

    /// The server does it by itself.
    @Override
    public boolean renew() {
        return false;
    }

    @Override
    public boolean renewsItself() {
        return true;
    }

    @Override
    public boolean publishesFromHere() {
        return true;
    }

    @Override
    public Map<String, Change> stagedChanges(String product) {
        JsonObject answer = send(authorized(request(changes(product, ""), ANSWER)).GET());
        Map<String, Change> changes = new TreeMap<>();
        if (answer.members().get("changes") instanceof JsonArray listed) {
            for (JsonValue each : listed.elements()) {
                if (each instanceof JsonObject entry
                        && entry.members().get("name") instanceof JsonString name
                        && NAME.matcher(name.value()).matches()
                        && changes.size() < MAX_CHANGES) {
                    JsonObject change =
                            send(authorized(request(changes(product, name.value()), ANSWER)).GET());
                    changes.put(
                            name.value(),
                            Change.parse(CanonicalJson.encodeAsJson(change), name.value()));
                }
            }
        }
        return changes;
    }

    /// Anybody may report to a server, so that nothing in the answer may keep an edit from being
    /// published: what cannot be read is passed over.
    @Override
    public ReportingHosts hosts(String product, String channel) {
        String route = "api/v1/products/" + product + "/channels/" + channel + "/hosts";
        try {
            JsonObject answer = send(authorized(request(route, ANSWER)).GET());
            return answer.members().get("hosts") instanceof JsonArray groups
                    ? new ReportingHosts(
                            groups.elements().stream()
                                    .limit(MAX_GROUPS)
                                    .flatMap(group -> group(group).stream())
                                    .toList())
                    : ReportingHosts.NONE;
        } catch (BelayException e) {
            return ReportingHosts.NONE;
        }
    }

    private static Optional<ReportingHosts.Group> group(JsonValue value) {
        try {
            return value instanceof JsonObject(var members)
                            && members.get("version") instanceof JsonString(String version)
                            && members.get("percent") instanceof JsonInteger(long percent)
                            && members.get("count") instanceof JsonInteger(long count)
                    ? Optional.of(
                            new ReportingHosts.Group(
                                    Version.of(version),
                                    Math.toIntExact(percent),
                                    Math.toIntExact(count)))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public void stageChange(String product, Change change) {
        send(
                authorized(request(changes(product, change.stagedName()), ANSWER))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(change.bytes())));
    }

    @Override
    public boolean unstageChange(String product, String name) {
        try {
            send(authorized(request(changes(product, name), ANSWER)).DELETE());
            return true;
        } catch (RefusedException e) {
            if (e.kind().equals("change-missing")) {
                return false;
            }
            throw e;
        }
    }

    private static String changes(String product, String name) {
        String all = "api/v1/products/" + product + "/changes";
        return name.isEmpty() ? all : all + "/" + name;
    }

    private JsonObject post(String route, Map<String, byte[]> metadata) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String before = "{\"metadata\":{";
        for (Map.Entry<String, byte[]> entry : metadata.entrySet()) {
            body.writeBytes(
                    (before + "\"" + entry.getKey() + "\":").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(entry.getValue());
            before = ",";
        }
        body.writeBytes("}}".getBytes(StandardCharsets.UTF_8));
        return send(
                authorized(request(route, ANSWER))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private HttpRequest.Builder request(String route, Duration patience) {
        return HttpRequest.newBuilder(URI.create(server + route)).timeout(patience);
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token.get());
    }

    private JsonObject send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            JsonObject body = body(answer);
            if (answer.statusCode() / 100 == 2) {
                return body;
            }
            throw failure(answer.statusCode(), body);
        } catch (IOException e) {
            throw new BelayException(
                    "network-unreachable",
                    "Cannot reach " + server + ": " + reason(e) + ".",
                    "Check the address and that the server runs. Sending it again is harmless.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BelayException(
                    "interrupted", "Interrupted while talking to " + server + ".", "Run it again.");
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static JsonObject body(HttpResponse<byte[]> answer) {
        try {
            return JsonParser.parseObject(answer.body());
        } catch (MetadataException e) {
            return new JsonObject(Map.of());
        }
    }

    /// The server's own words, which name what is wrong.
    private BelayException failure(int status, JsonObject body) {
        String kind = text(body, "kind", "server-error");
        String message = text(body, "message", server + " answered " + status + ".");
        String help = text(body, "help", "See the server's log.");
        if (status == 409) {
            return new PublicationConflictException(kind, message, help);
        }
        return status >= 500
                ? new BelayException(kind, message, help)
                : new RefusedException(kind, message, help);
    }

    private static String text(JsonObject body, String name, String otherwise) {
        return body.members().get(name) instanceof JsonString string ? string.value() : otherwise;
    }
}
