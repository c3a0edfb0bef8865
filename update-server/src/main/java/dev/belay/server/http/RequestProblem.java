package dev.belay.server.http;

import dev.belay.packaging.failure.BelayException;
import java.util.Map;

/// A request that is answered with an error: an HTTP status beside `kind`, words and help.
///
/// The words never repeat what the client sent: an error page that reflects its input is a way to
/// smuggle content.
final class RequestProblem extends BelayException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final transient Map<String, String> headers;

    RequestProblem(int status, String kind, String message, String help) {
        this(status, kind, message, help, Map.of());
    }

    RequestProblem(
            int status, String kind, String message, String help, Map<String, String> headers) {
        super(kind, message, help);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    /// Headers that belong to the answer, such as `Allow`.
    Map<String, String> headers() {
        return headers;
    }

    static RequestProblem badRequest(String kind, String message, String help) {
        return new RequestProblem(400, kind, message, help);
    }

    static RequestProblem notFound() {
        return new RequestProblem(
                404,
                "not-found",
                "There is nothing here.",
                "Check the address; see docs/server.md.");
    }

    static RequestProblem methodNotAllowed(String allowed) {
        return new RequestProblem(
                405,
                "method-not-allowed",
                "This address does not take that method.",
                "Use one of: " + allowed + ".",
                Map.of("Allow", allowed));
    }

    static RequestProblem tooLarge(long limit) {
        return new RequestProblem(
                413,
                "too-large",
                "The body is larger than the " + limit + " bytes taken here; nothing was kept.",
                "Send less, or raise the limit of the server.");
    }

    static RequestProblem tooMany(String message) {
        return new RequestProblem(
                429,
                "too-many-requests",
                message,
                "Wait as long as Retry-After says.",
                Map.of("Retry-After", "30"));
    }
}
