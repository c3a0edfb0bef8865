package dev.belay.server.http;

import dev.belay.packaging.failure.BelayException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the routes read and write it: strict about what comes in (no duplicate keys, shallow).
final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private StrictJson() {}

    /// Parsers with the same strictness, for what is read token by token.
    static JsonFactory factory() {
        return FACTORY;
    }

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// The three fields of every error answer.
    static byte[] error(BelayException failure) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", failure.kind());
        body.put("message", String.valueOf(failure.getMessage()));
        body.put("help", failure.help());
        return bytes(body);
    }

    /// Reads an object.
    ///
    /// @throws RequestProblem 400 `malformed-json` if it is anything else
    static JsonNode object(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // The parser's words quote the input, so they are not passed on.
        }
        throw RequestProblem.badRequest(
                "malformed-json",
                "The body is not one JSON object with unique keys; nothing was changed.",
                "Send a JSON object as documented in docs/server.md.");
    }
}
