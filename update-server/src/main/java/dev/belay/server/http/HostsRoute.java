package dev.belay.server.http;

import dev.belay.server.catalog.ChannelName;
import dev.belay.server.fleet.Fleet;
import dev.belay.server.fleet.Host;
import dev.belay.versys.plan.Wariness;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Where the hosts of a channel are, counted: for the vendor to see what an edit does to them. No
/// host is named.
final class HostsRoute {
    private static final int MOST = 50_000;

    private record Group(String version, int percent) {}

    private final Access access;
    private final Fleet fleet;

    HostsRoute(Access access, Fleet fleet) {
        this.access = access;
        this.fleet = fleet;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/products/{product}/channels/{channel}/hosts", this::hosts);
    }

    private void hosts(Context request) {
        ChannelName name =
                ChannelName.of(request.pathParam("product"), request.pathParam("channel"))
                        .orElseThrow(RequestProblem::notFound);
        access.requirePublisherOrAdmin(request, name.product());
        Map<Group, Integer> groups =
                new TreeMap<>(
                        Comparator.comparing(Group::version).thenComparingInt(Group::percent));
        for (Host host : fleet.hosts(name.product(), MOST)) {
            if (host.version() != null && Objects.equals(host.channel(), name.channel())) {
                int percent = (int) (Wariness.ofHost(host.id()) * 100);
                groups.merge(new Group(host.version(), percent), 1, Integer::sum);
            }
        }
        List<Map<String, Object>> counted =
                groups.entrySet().stream()
                        .map(entry ->
                                Map.<String, Object>of(
                                        "version", entry.getKey().version(),
                                        "percent", entry.getKey().percent(),
                                        "count", entry.getValue()))
                        .toList();
        Bodies.answer(request, 200, Map.of("hosts", counted));
    }
}
