package dev.belay.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/// Reads request bodies within a limit, and says no before reading when the client announces more.
final class Bodies {
    private Bodies() {}

    /// The whole body.
    ///
    /// @throws RequestProblem 413 beyond `limit` bytes
    static byte[] read(Context request, int limit) throws IOException {
        byte[] body = stream(request, limit).readNBytes(limit + 1);
        if (body.length > limit) {
            throw RequestProblem.tooLarge(limit);
        }
        return body;
    }

    /// The body as a stream, which may turn out longer than announced.
    ///
    /// @throws RequestProblem 413 if more than `limit` bytes are announced
    static InputStream stream(Context request, long limit) throws IOException {
        if (request.req().getContentLengthLong() > limit) {
            throw RequestProblem.tooLarge(limit);
        }
        return request.req().getInputStream();
    }

    /// Answers with JSON.
    static void answer(Context request, int status, Object body) {
        request.status(status).contentType(RawAnswers.JSON).result(StrictJson.bytes(body));
    }
}
