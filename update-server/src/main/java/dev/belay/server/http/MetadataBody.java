package dev.belay.server.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Takes `{"metadata":{"<role>":{…}}}` apart into the signed files of each role, as the bytes that
/// were sent: what was signed is never written anew.
final class MetadataBody {
    private static final int MAX_ROLES = 1024;

    private MetadataBody() {}

    /// @throws RequestProblem 400 `malformed-json` if the body has another shape
    static Map<String, byte[]> parse(byte[] body) {
        Map<String, byte[]> roles = new LinkedHashMap<>();
        try (JsonParser parser =
                StrictJson.factory().createParser(ObjectReadContext.empty(), body)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            expect("metadata".equals(parser.nextName()));
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            for (String role = parser.nextName(); role != null; role = parser.nextName()) {
                expect(parser.nextToken() == JsonToken.START_OBJECT && roles.size() < MAX_ROLES);
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int end = (int) parser.currentLocation().getByteOffset();
                roles.put(role, Arrays.copyOfRange(body, start, end));
            }
            expect(parser.currentToken() == JsonToken.END_OBJECT);
            expect(parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        } catch (JacksonException e) {
            throw malformed();
        }
        expect(!roles.isEmpty());
        return roles;
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw malformed();
        }
    }

    private static RequestProblem malformed() {
        return RequestProblem.badRequest(
                "malformed-json",
                "The body is not {\"metadata\":{\"<role>\":{…}}} alone; nothing was changed.",
                "Send each role's signed file under its name.");
    }
}
