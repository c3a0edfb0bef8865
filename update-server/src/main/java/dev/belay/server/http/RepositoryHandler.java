package dev.belay.server.http;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Serves the static TUF repository: `GET` and `HEAD` with strong ETags, conditional requests and
/// single byte ranges (RFC 9110, sections 13 and 14).
///
/// An own handler, because the ready-made ones give weak ETags, which no `If-Range` accepts, or
/// ignore ranges. Never compresses: what is large here is compressed already, and a range of a
/// compressed answer would be another file's.
final class RepositoryHandler extends Handler.Wrapper {
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final int CHUNK = 128 * 1024;
    private final ServedFiles files;

    RepositoryHandler(Path repository, Handler next) {
        super(next);
        this.files = new ServedFiles(repository);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String rawPath = request.getHttpURI().getPath();
        if (!rawPath.startsWith("/repository/")) {
            return super.handle(request, response, callback);
        }
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        if (!head && !HttpMethod.GET.is(request.getMethod())) {
            RawAnswers.problem(
                    request, response, callback, RequestProblem.methodNotAllowed("GET, HEAD"));
            return true;
        }
        Optional<RepositoryPath> path = RepositoryPath.parse(rawPath);
        Optional<ServedFiles.File> file =
                path.isPresent() ? files.find(path.get()) : Optional.empty();
        if (file.isEmpty()) {
            RawAnswers.problem(request, response, callback, RequestProblem.notFound());
            return true;
        }
        answer(request, response, callback, path.get(), file.get());
        return true;
    }

    private static void answer(
            Request request,
            Response response,
            Callback callback,
            RepositoryPath path,
            ServedFiles.File file) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, file.etag());
        headers.put(HttpHeader.CACHE_CONTROL, path.changing() ? "no-cache" : IMMUTABLE);
        if (matches(request.getHeaders().get(HttpHeader.IF_NONE_MATCH), file.etag())) {
            response.setStatus(304);
            response.write(true, null, callback);
            return;
        }
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        ByteRange range =
                ByteRange.of(
                        request.getHeaders().get(HttpHeader.RANGE),
                        request.getHeaders().get(HttpHeader.IF_RANGE),
                        file.etag(),
                        file.length());
        switch (range) {
            case ByteRange.Unsatisfiable() -> {
                headers.remove(HttpHeader.CACHE_CONTROL);
                headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + file.length());
                RawAnswers.problem(request, response, callback, unsatisfiable());
            }
            case ByteRange.Whole() -> send(request, response, callback, file, 0, file.length());
            case ByteRange.Part part -> {
                response.setStatus(206);
                headers.put(
                        HttpHeader.CONTENT_RANGE,
                        "bytes %d-%d/%d".formatted(part.first(), part.last(), file.length()));
                send(request, response, callback, file, part.first(), part.length());
            }
        }
    }

    private static void send(
            Request request,
            Response response,
            Callback callback,
            ServedFiles.File file,
            long first,
            long length) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType(file.path()));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        ByteBuffer content = file.content();
        if (length == 0 || HttpMethod.HEAD.is(request.getMethod())) {
            response.write(true, null, callback);
        } else if (content != null) {
            response.write(true, content.slice((int) first, (int) length), callback);
        } else {
            ByteBufferPool pool = request.getComponents().getByteBufferPool();
            Content.copy(
                    Content.Source.from(
                            new ByteBufferPool.Sized(pool, true, CHUNK),
                            file.path(),
                            first,
                            length),
                    response,
                    callback);
        }
    }

    /// Weak comparison, as section 13.1.2 has it for `If-None-Match`: `W/` is ignored.
    private static boolean matches(@Nullable String header, String etag) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals("*")) {
            return true;
        }
        for (String one : header.split(",")) {
            String tag = one.strip();
            if (tag.equals(etag) || (tag.startsWith("W/") && tag.substring(2).equals(etag))) {
                return true;
            }
        }
        return false;
    }

    private static String contentType(Path file) {
        String name = file.toString();
        if (name.endsWith(".json")) {
            return RawAnswers.JSON;
        }
        return name.endsWith(".tgz") ? "application/gzip" : "application/octet-stream";
    }

    private static RequestProblem unsatisfiable() {
        return new RequestProblem(
                416,
                "range-not-satisfiable",
                "The file is shorter than the range asked for.",
                "Ask for the length first, or for the whole file.");
    }
}
