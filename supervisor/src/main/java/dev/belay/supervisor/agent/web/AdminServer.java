package dev.belay.supervisor.agent.web;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.json.Json;
import dev.belay.versys.version.Version;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/// The agent's HTTP interface on loopback. Routes are documented in `docs/architecture.md`; who may
/// use them is decided by [RequestGuard].
public final class AdminServer implements AutoCloseable {
    private static final int MAX_BODY = 4096;
    private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());

    /// What goes wrong in them reaches us as an exception; hostile requests shall not fill a log.
    /// Held, because the logging system forgets levels of loggers that nobody holds.
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("io.javalin"));

    private final AdminActions actions;
    private final SecretStore sessions;
    private final SecretStore links;
    private final PageFiles page = new PageFiles();
    private final EventFeed feed;
    private final Javalin javalin;
    private final ListenAddress address;
    private volatile RequestGuard guard;

    /// @param events the home's `events.jsonl`
    /// @param links the one-time tokens that `supervisor open` issues
    /// @param sessions where sessions are kept, so that they outlive the agent
    public AdminServer(
            ListenAddress address,
            AdminActions actions,
            Path events,
            SecretStore links,
            SecretStore sessions) {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        this.address = address;
        this.actions = actions;
        this.sessions = sessions;
        this.links = links;
        this.guard = new RequestGuard(address.port(), sessions, links);
        this.feed = new EventFeed(new EventTail(events), actions);
        this.javalin = Javalin.create(this::configure);
    }

    /// Begins to listen.
    ///
    /// @throws BelayException `port-in-use`
    public void start() {
        try {
            javalin.start(address.address().getHostAddress(), address.port());
        } catch (JavalinBindException e) {
            throw new BelayException(
                    "port-in-use",
                    "Port %d of this host is taken by another program. The agent was not started."
                            .formatted(address.port()),
                    "Stop the other program, or choose another port with --listen.",
                    e);
        }
        guard = new RequestGuard(javalin.port(), sessions, links);
    }

    /// The port that it listens on.
    public int port() {
        return javalin.port();
    }

    /// Ends the streams, then everything.
    @Override
    public void close() {
        try {
            feed.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = MAX_BODY;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.routes.before(context -> guard.admit(context));
        config.routes.before("/api/*", context -> guard.requireSession(context));
        config.routes.get("/", this::index);
        config.routes.get("/locked.css", context -> file(context, "locked.css", 200));
        config.routes.get("/icon.svg", context -> file(context, "icon.svg", 200));
        config.routes.get("/page/{file}", context -> file(context, context.pathParam("file"), 200));
        config.routes.get("/open", this::open);
        config.routes.post("/session", this::session);
        config.routes.get(
                "/api/status", context -> HttpAnswers.json(context, 200, actions.status()));
        config.routes.get(
                "/api/history", context -> HttpAnswers.json(context, 200, actions.history()));
        config.routes.get(
                "/api/plan",
                context ->
                        HttpAnswers.json(
                                context,
                                200,
                                HttpAnswers.plan(
                                        actions.plan(
                                                "true".equals(context.queryParam("compare"))))));
        config.routes.post(
                "/api/check", context -> HttpAnswers.json(context, 200, actions.check()));
        config.routes.post("/api/update", this::update);
        config.routes.sse("/api/events", feed::serve);
        config.routes.exception(
                ForeignRequestException.class,
                (e, context) -> HttpAnswers.failure(context, 403, e));
        config.routes.exception(
                BelayException.class,
                (e, context) -> HttpAnswers.failure(context, HttpAnswers.statusOf(e), e));
        config.routes.exception(
                HttpResponseException.class,
                (e, context) ->
                        HttpAnswers.failure(context, e.getStatus(), unknown(e.getStatus())));
        config.routes.exception(
                Exception.class, (e, context) -> HttpAnswers.failure(context, 500, internal(e)));
    }

    private void index(Context context) {
        boolean open = guard.wasHere(context);
        file(context, open ? "index.html" : "locked.html", open ? 200 : 401);
    }

    private void file(Context context, String name, int status) {
        PageFiles.PageFile file =
                page.find(name).orElseThrow(() -> new HttpResponseException(404, "", Map.of()));
        context.status(status).contentType(file.type()).result(file.text());
    }

    /// A used or old link leads to the page that says how to get a new one; a machine that asks
    /// gets the reason as JSON from `POST /session`.
    private void open(Context context) {
        String token = context.queryParam("token");
        try {
            String key = guard.openSession(context, token == null ? "" : token);
            // a fragment reaches the page and no server
            context.status(303).header("Location", "/#key=" + key);
        } catch (RefusedException used) {
            file(context, "locked.html", 401);
        }
    }

    private void session(Context context) {
        try {
            String key = guard.openSession(context, body(context).path("token").asString(""));
            HttpAnswers.json(context, 200, Map.of("key", key));
        } catch (RefusedException used) {
            HttpAnswers.failure(context, 401, used);
        }
    }

    private void update(Context context) {
        String to = body(context).path("to").asString("");
        try {
            actions.startUpdate(to.isEmpty() ? Optional.empty() : Optional.of(Version.of(to)));
        } catch (IllegalArgumentException e) {
            throw invalid("\"to\" is not a version.");
        }
        HttpAnswers.json(context, 202, Map.of("started", true));
    }

    /// The body as a JSON object. The type must be JSON, which no HTML form can send.
    private static JsonNode body(Context context) {
        String type = context.contentType();
        if (type == null || !type.startsWith("application/json")) {
            throw invalid("The body is not marked as application/json.");
        }
        return Json.object(context.body())
                .orElseThrow(() -> invalid("The body is not a JSON object."));
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(
                "request-invalid", message, "See the routes in docs/architecture.md.");
    }

    private static BelayException unknown(int status) {
        return new BelayException(
                status == 404 ? "not-found" : "request-invalid",
                "There is nothing here that answers this request.",
                "See the routes in docs/architecture.md.");
    }

    private static BelayException internal(Exception failure) {
        LOG.log(System.Logger.Level.ERROR, "unexpected failure of a request", failure);
        return new BelayException(
                "internal-error",
                "Unexpected " + failure.getClass().getSimpleName() + " in the agent.",
                "Look into the agent's log and report it.",
                failure);
    }
}
