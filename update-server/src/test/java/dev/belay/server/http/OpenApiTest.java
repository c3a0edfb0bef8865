package dev.belay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// docs/openapi.yaml says what the server does: every route and method in it exists, and a route
/// takes no method that is not in it.
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Test
    void documentedRoutesAreTheServersRoutes(@TempDir Path data) throws IOException {
        Map<?, ?> document =
                (Map<?, ?>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(Path.of("../docs/openapi.yaml")));
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
