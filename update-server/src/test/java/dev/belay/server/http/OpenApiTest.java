package dev.belay.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import dev.belay.versys.graph.Channel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// docs/openapi.yaml says what the server does: every route and method in it exists, and a route
/// takes no method that is not in it; a channel is answered in the fields that it names.
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private Map<?, ?> document = Map.of();

    @BeforeEach
    void read() throws IOException {
        document =
                (Map<?, ?>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(Path.of("../docs/openapi.yaml")));
    }

    @Test
    void aChannelIsAnsweredAsItsSchemaSays(@TempDir Path data) {
        String bundle =
                "{\"any\":{\"path\":\"shop/releases/%s/shop-%s-any.tgz\",\"length\":7,\"sha256\":\"%s\"}}";
        String digest = "0123456789abcdef".repeat(4);
        String text =
                """
                {"format":2,"product":"shop","channel":"stable","releases":[
                 {"version":"1.0.0","platforms":%s,"withdrawn":{"message":"loses orders","url":"https://example.org"}},
                 {"version":"1.1.0","date":"2026-11-02T10:00:00Z","platforms":%s,"required-stop":true,
                  "dead-end":{"message":"the last"},"notes":"New."}]}
                """
                        .formatted(
                                bundle.formatted("1.0.0", "1.0.0", digest),
                                bundle.formatted("1.1.0", "1.1.0", digest));
        try (TestServer server = TestServer.startWithShop(data)) {
            Channel channel = Channel.parse(text.getBytes(UTF_8));
            assertThat(server.publish(server.publisherToken("shop"), channel).statusCode())
                    .isEqualTo(200);
            String answer = server.get("/api/v1/products/shop/channels/stable").body();
            assertThat(answer).contains("\"length\":7,\"sha256\":\"" + digest);
            JsonNode body = JsonMapper.shared().readTree(answer);
            requireAsSaid(body, Map.of("$ref", "#/components/schemas/Channel"), "channel");
        }
    }

    /// Every field is in the schema, and what it requires is there.
    private void requireAsSaid(JsonNode value, Map<?, ?> said, String where) {
        Map<?, ?> schema = resolved(said);
        if (value.isObject()) {
            Map<?, ?> fields = (Map<?, ?>) schema.get("properties");
            assertThat(value.propertyNames()).as(where).containsAll(strings(schema, "required"));
            value.properties()
                    .forEach(field -> {
                        String name = where + "." + field.getKey();
                        assertThat(fields.get(field.getKey())).as(name).isNotNull();
                        requireAsSaid(
                                field.getValue(), (Map<?, ?>) fields.get(field.getKey()), name);
                    });
        }
        value.values()
                .forEach(each -> {
                    if (value.isArray()) {
                        requireAsSaid(each, (Map<?, ?>) schema.get("items"), where + "[]");
                    }
                });
    }

    private Map<?, ?> resolved(Map<?, ?> said) {
        if (!said.containsKey("$ref")) {
            return said;
        }
        Object at = document;
        for (String part : ((String) said.get("$ref")).substring(2).split("/", -1)) {
            at = ((Map<?, ?>) at).get(part);
        }
        return (Map<?, ?>) at;
    }

    private static List<String> strings(Map<?, ?> schema, String name) {
        return ((List<?>) schema.get(name)).stream().map(String.class::cast).toList();
    }

    @Test
    void documentedRoutesAreTheServersRoutes(@TempDir Path data) throws IOException {
        Map<?, ?> paths = (Map<?, ?>) document.get("paths");
        assertThat(paths).hasSizeGreaterThan(10);
        try (TestServer server = TestServer.startWithShop(data)) {
            paths.forEach((path, methods) -> check(server, (String) path, (Map<?, ?>) methods));
        }
    }

    private static void check(TestServer server, String template, Map<?, ?> documented) {
        String path =
                template.replace("{product}", "shop")
                        .replace("{channel}", "stable")
                        .replace("{change}", "root-2")
                        .replace("{sha256}", "0".repeat(64));
        for (String method : METHODS) {
            if (template.endsWith("/events") && method.equals("get")) {
                continue; // A stream has no end; EventRouteTest reads it.
            }
            int status =
                    server.send(
                                    HttpRequest.newBuilder(server.uri(path))
                                            .method(
                                                    method.toUpperCase(java.util.Locale.ROOT),
                                                    BodyPublishers.noBody()))
                            .statusCode();
            if (documented.containsKey(method)) {
                assertThat(status).as(method + " " + template).isNotIn(405, 500);
            } else {
                assertThat(status).as(method + " " + template).isEqualTo(405);
            }
        }
    }
}
