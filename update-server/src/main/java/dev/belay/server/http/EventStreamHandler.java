package dev.belay.server.http;

import dev.belay.server.catalog.ChannelName;
import dev.belay.server.push.EventHub;
import dev.belay.server.push.FrameSink;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Connects clients to the [EventHub]. Below the servlet layer, where a write does not block: ten
/// thousand open streams then cost no thread and little memory.
final class EventStreamHandler extends Handler.Wrapper {
    private static final Pattern PATH =
            Pattern.compile("/api/v1/products/([^/]+)/channels/([^/]+)/events/?");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private final EventHub hub;
    private final Predicate<ChannelName> exists;

    EventStreamHandler(EventHub hub, Predicate<ChannelName> exists, Handler next) {
        super(next);
        this.hub = hub;
        this.exists = exists;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Matcher path = PATH.matcher(request.getHttpURI().getPath());
        if (!path.matches()) {
            return super.handle(request, response, callback);
        }
        Optional<ChannelName> channel = ChannelName.of(path.group(1), path.group(2)).filter(exists);
        if (!HttpMethod.GET.is(request.getMethod())) {
            RawAnswers.problem(request, response, callback, RequestProblem.methodNotAllowed("GET"));
        } else if (channel.isEmpty()) {
            RawAnswers.problem(request, response, callback, RequestProblem.notFound());
        } else {
            listen(request, response, callback, channel.get());
        }
        return true;
    }

    private void listen(
            Request request, Response response, Callback callback, ChannelName channel) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        // Proxies that gather answers would hold events back.
        response.getHeaders().put("X-Accel-Buffering", "no");
        if (!hub.subscribe(channel, lastEventId(request), new Sink(request, response, callback))) {
            RawAnswers.problem(request, response, callback, tooManyListeners());
        }
    }

    private static OptionalLong lastEventId(Request request) {
        String id = request.getHeaders().get("Last-Event-ID");
        return id != null && ID.matcher(id).matches()
                ? OptionalLong.of(Long.parseLong(id))
                : OptionalLong.empty();
    }

    private static RequestProblem tooManyListeners() {
        return new RequestProblem(
                503,
                "too-many-listeners",
                "As many hosts listen as this server takes.",
                "Look at timestamp.json at intervals instead, and connect again later.",
                Map.of("Retry-After", "60"));
    }

    private record Sink(Request request, Response response, Callback callback)
            implements FrameSink {
        @Override
        public void write(ByteBuffer frame, Consumer<@Nullable Throwable> done) {
            response.write(false, frame, Callback.from(() -> done.accept(null), done));
        }

        @Override
        public void end() {
            response.write(true, null, callback);
        }

        @Override
        public void cut() {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new ClosedChannelException());
        }
    }
}
