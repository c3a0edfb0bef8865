package dev.belay.server.http;

import dev.belay.packaging.failure.RefusedException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;

/// The HTTP server: Javalin for the API and the page; below it, on Jetty itself, the static
/// repository and the event streams. HTTP/1.1 only; TLS is the task of a proxy in front.
public final class HttpServer implements AutoCloseable {
    /// A queue shorter than a fleet makes hosts that connect at once wait for seconds.
    private static final int ACCEPT_QUEUE = 4096;

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int MAX_HEADERS = 16 * 1024;

    /// A body slower than this is an attack or a broken line.
    private static final long MIN_BODY_BYTES_PER_SECOND = 256;

    /// What a role's name may hold, percent-encoded, beyond what is unambiguous. Only the
    /// repository sees such a path: [RequestGate] stops it everywhere else.
    private static final UriCompliance PATHS =
            UriCompliance.DEFAULT.with(
                    "belay",
                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    private final Javalin javalin;
    private final String host;

    private HttpServer(Javalin javalin, String host) {
        this.javalin = javalin;
        this.host = host;
    }

    /// Listens and answers.
    ///
    /// @param port 0 for any that is free
    /// @throws RefusedException `port-in-use` or `address-unusable` if it cannot listen there
    public static HttpServer start(String host, int port, Services services) {
        SlowHeaders headers = new SlowHeaders(services.headerDeadline());
        Javalin javalin =
                Javalin.create(config -> {
                    configure(config, services, headers);
                    config.jetty.addConnector(
                            (server, http) -> connector(server, http, headers, host, port));
                });
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw cannotListen(host, port, e);
        }
        return new HttpServer(javalin, host);
    }

    /// Where it listens.
    public URI uri() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + javalin.port() + "/");
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, Services services, SlowHeaders headers) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.generateEtags = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.defaultContentType = RawAnswers.JSON;
        config.jetty.modifyHttpConfiguration(HttpServer::limit);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new JsonErrorHandler());
            server.setStopTimeout(5_000);
            server.setHandler(handlers(services, headers));
        });
        config.jetty.modifyServletContextHandler(
                handler -> handler.setErrorHandler(new JsonErrorHandler()));
        Routes.addTo(config, services);
    }

    /// Javalin appends itself to the end of this chain.
    private static Handler handlers(Services services, SlowHeaders headers) {
        Handler body = new MinimumDataRateHandler(MIN_BODY_BYTES_PER_SECOND, 0);
        Handler files = new RepositoryHandler(services.repositoryDirectory(), body);
        Handler streams =
                new EventStreamHandler(
                        services.events(),
                        name -> services.publications().current().channel(name).isPresent(),
                        files);
        return new RequestGate(headers, streams);
    }

    private static void limit(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(MAX_HEADERS);
        http.setUriCompliance(PATHS);
        // Jetty recognises repeated headers of a connection ignoring case unless told otherwise,
        // and
        // would take a token in capitals for the same token.
        http.setHeaderCacheCaseSensitive(true);
    }

    private static Connector connector(
            Server server, HttpConfiguration http, SlowHeaders headers, String host, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addBean(headers);
        return connector;
    }

    private static RefusedException cannotListen(String host, int port, Exception cause) {
        return new RefusedException(
                "address-unusable",
                "The server cannot listen on "
                        + host
                        + ":"
                        + port
                        + ": the port is in use, or the address is not one of this machine.",
                "Stop what uses the port, or choose another with --listen HOST:PORT.",
                cause);
    }
}
