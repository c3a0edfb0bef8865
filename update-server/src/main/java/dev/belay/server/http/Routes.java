package dev.belay.server.http;

import dev.belay.server.web.MetricsPage;
import dev.belay.server.web.OverviewPage;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;

/// All routes in one place, and how their failures become answers.
final class Routes {
    private static final int ADDRESSES = 10_000;

    private Routes() {}

    static void addTo(JavalinConfig config, Services services) {
        Access access =
                new Access(
                        services.tokens(), new RateLimiter(20, 0.2, ADDRESSES, services.clock()));
        new PublishRoutes(
                        access,
                        services.tokens(),
                        services.repository(),
                        services.publications(),
                        services.counters(),
                        services.maxBlobBytes())
                .addTo(config.routes);
        new HostsRoute(access, services.fleet()).addTo(config.routes);
        new ChangeRoutes(access, services.changes(), services.repository()).addTo(config.routes);
        new CatalogRoutes(services.publications(), services.clock()).addTo(config.routes);
        new ReportRoute(
                        services.fleet(),
                        product -> services.publications().current().products().contains(product),
                        new RateLimiter(60, 1, ADDRESSES, services.clock()),
                        services.counters())
                .addTo(config.routes);
        config.routes.get(
                "/healthz", request -> Bodies.answer(request, 200, Map.of("status", "ok")));
        config.routes.get("/metrics", request -> answerMetrics(request, services));
        OverviewPage page =
                new OverviewPage(services.publications(), services.fleet(), services.clock());
        config.routes.get("/", request -> answerPage(request, page));
        Failures.addTo(config);
    }

    private static void answerMetrics(Context request, Services services) {
        request.header("Cache-Control", "no-store")
                .contentType(MetricsPage.CONTENT_TYPE)
                .result(
                        new MetricsPage()
                                .render(
                                        services.publications().current(),
                                        services.counters(),
                                        services.events().size()));
    }

    private static void answerPage(Context request, OverviewPage page) {
        request.header("Content-Security-Policy", OverviewPage.CONTENT_SECURITY_POLICY)
                .header("Cache-Control", "no-cache")
                .contentType("text/html; charset=utf-8")
                .result(page.render());
    }
}
