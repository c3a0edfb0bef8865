package dev.belay.server.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What every request passes first: safe headers for every answer, and no path that two programs
/// could read differently.
///
/// No address of the API needs an escape, an empty segment, a dot segment or a parameter in its
/// path, so such a path is refused here and nothing behind has to think about it. The repository
/// has its own rules in [RepositoryPath].
final class RequestGate extends Handler.Wrapper {
    private static final Pattern PLAIN =
            Pattern.compile("/|(?:/(?!\\.)[A-Za-z0-9._~+-]{1,128})+/?");
    private static final int MAX_PATH = 1024;

    private final SlowHeaders headers;

    RequestGate(SlowHeaders headers, Handler next) {
        super(next);
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        headers.complete(request);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders()
                .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        String path = request.getHttpURI().getPath();
        if (path == null
                || path.length() > MAX_PATH
                || (!path.startsWith("/repository/") && !PLAIN.matcher(path).matches())) {
            RawAnswers.problem(
                    request,
                    response,
                    callback,
                    RequestProblem.badRequest(
                            "malformed-path",
                            "The address is not one that this server has.",
                            "Check the address; see docs/server.md."));
            return true;
        }
        return super.handle(request, response, callback);
    }
}
