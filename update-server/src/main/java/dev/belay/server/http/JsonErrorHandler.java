package dev.belay.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Errors that Jetty finds before a route does (malformed requests, too large headers) and those
/// that nobody caught, in the form of all others. Says nothing of what was sent.
final class JsonErrorHandler extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        RawAnswers.error(request, response, callback, code, problem(code));
    }

    /// The words for a status that has no better explanation.
    static RequestProblem problem(int status) {
        return switch (status) {
            case 404 -> RequestProblem.notFound();
            case 405 -> RequestProblem.methodNotAllowed("GET, HEAD, POST, PUT");
            case 408 ->
                    new RequestProblem(
                            status,
                            "request-timeout",
                            "The request came too slowly; nothing was changed.",
                            "Try again.");
            case 413 ->
                    new RequestProblem(
                            status,
                            "too-large",
                            "The body is too large; nothing was kept.",
                            "Send less.");
            case 414, 431 ->
                    new RequestProblem(
                            status,
                            "headers-too-large",
                            "The address or the headers are too long.",
                            "Send less.");
            case 503 ->
                    new RequestProblem(
                            status,
                            "unavailable",
                            "The server is starting or stopping; nothing was changed.",
                            "Try again in a moment.");
            default ->
                    status >= 500
                            ? new RequestProblem(
                                    status,
                                    "internal-error",
                                    "The server failed; its log says why.",
                                    "Try again; if it stays, tell whoever runs the server.")
                            : new RequestProblem(
                                    status,
                                    "malformed-request",
                                    "This is not a request that the server understands.",
                                    "Check the request; see docs/server.md.");
        };
    }
}
