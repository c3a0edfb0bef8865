package dev.belay.server.http;

import dev.belay.packaging.failure.BelayException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Whole answers from handlers below the servlet layer.
final class RawAnswers {
    static final String JSON = "application/json";

    private RawAnswers() {}

    /// Answers with `{kind, message, help}`.
    static void problem(
            Request request, Response response, Callback callback, RequestProblem problem) {
        problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        error(request, response, callback, problem.status(), problem);
    }

    static void error(
            Request request,
            Response response,
            Callback callback,
            int status,
            BelayException failure) {
        byte[] body = StrictJson.error(failure);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean headOnly = HttpMethod.HEAD.is(request.getMethod());
        response.write(true, headOnly ? null : ByteBuffer.wrap(body), callback);
    }
}
