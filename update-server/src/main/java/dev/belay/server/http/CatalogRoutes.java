package dev.belay.server.http;

import dev.belay.server.catalog.Catalog;
import dev.belay.server.catalog.ChannelName;
import dev.belay.server.catalog.Publications;
import dev.belay.server.catalog.PublishedChannel;
import dev.belay.versys.plan.Explanation;
import dev.belay.versys.plan.PlanJson;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.UnknownNameException;
import dev.belay.versys.plan.UpgradePlanner;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What anyone may ask about what is published. The answers are for people and tools that look; a
/// host plans for itself, from signed metadata.
final class CatalogRoutes {
    private final Publications publications;
    private final InstantSource clock;

    CatalogRoutes(Publications publications, InstantSource clock) {
        this.publications = publications;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/products", this::products);
        routes.get("/api/v1/products/{product}/channels/{channel}", this::channel);
        routes.get("/api/v1/products/{product}/channels/{channel}/path", this::path);
    }

    private void products(Context request) {
        Catalog catalog = publications.current();
        Map<String, List<String>> channels = new LinkedHashMap<>();
        catalog.products().forEach(product -> channels.put(product, new ArrayList<>()));
        catalog.channels()
                .keySet()
                .forEach(name ->
                        channels.computeIfAbsent(name.product(), _ -> new ArrayList<>())
                                .add(name.channel()));
        List<Object> products = new ArrayList<>();
        channels.forEach((product, names) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("product", product);
            each.put("channels", names);
            products.add(each);
        });
        Bodies.answer(request, 200, Map.of("products", products));
    }

    private void channel(Context request) {
        PublishedChannel channel = published(request);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("product", channel.name().product());
        body.put("channel", channel.name().channel());
        body.put("snapshot", publications.current().snapshot());
        body.put("releases", channel.releases().stream().map(ReleaseJson::of).toList());
        channel.problem().ifPresent(problem -> body.put("problem", problem));
        Bodies.answer(request, 200, body);
    }

    private void path(Context request) {
        PublishedChannel channel = published(request);
        UpgradePlanner planner = channel.planner().orElseThrow(RequestProblem::notFound);
        PlanQuery query = new PlanQuery(request);
        PlanRequest question = query.request(clock.instant());
        UnknownNameException.check(
                channel.document().orElseThrow(), question.acceptedRisks(), question.rejected());
        try {
            Map<String, Object> answer = new LinkedHashMap<>(PlanJson.of(planner.plan(question)));
            if (query.explain()) {
                answer.put("explanation", Explanation.of(planner, question));
            }
            Bodies.answer(request, 200, answer);
        } catch (IllegalArgumentException e) {
            throw PlanQuery.malformed("pin", "a range of the channel's versions such as <4");
        }
    }

    private PublishedChannel published(Context request) {
        return ChannelName.of(request.pathParam("product"), request.pathParam("channel"))
                .flatMap(name -> publications.current().channel(name))
                .orElseThrow(RequestProblem::notFound);
    }
}
