package dev.belay.versys.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The graphs of other projects that stand in `src/test/resources/graphs`.
final class GraphFiles {
    private GraphFiles() {}

    static JsonNode read(String name) {
        try (InputStream in = GraphFiles.class.getResourceAsStream("/graphs/" + name)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
