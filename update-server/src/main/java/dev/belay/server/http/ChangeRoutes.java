package dev.belay.server.http;

import dev.belay.server.catalog.ChannelName;
import dev.belay.server.storage.StagedChanges;
import dev.belay.versys.repository.RepositoryWriter;
import dev.belay.versys.signing.Change;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The staging area: changes wait here until enough people have signed them. Nothing is published
/// from here; who adds the last signature publishes like everybody else.
final class ChangeRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeRoutes.class);
    private static final int MAX_CHANGE = 16 * 1024 * 1024;
    private static final String ALL = "/api/v1/products/{product}/changes";
    private static final String ONE = ALL + "/{change}";
    private final Access access;
    private final StagedChanges changes;
    private final RepositoryWriter repository;

    ChangeRoutes(Access access, StagedChanges changes, RepositoryWriter repository) {
        this.access = access;
        this.changes = changes;
        this.repository = repository;
    }

    void addTo(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.get(ONE, this::read);
        routes.put(ONE, this::put);
        routes.delete(ONE, this::remove);
    }

    private void list(Context request) {
        String product = product(request);
        List<Map<String, Object>> listed =
                changes.list(product).entrySet().stream()
                        .map(entry -> entry(entry.getKey(), entry.getValue()))
                        .toList();
        Bodies.answer(request, 200, Map.of("changes", listed));
    }

    private static Map<String, Object> entry(String name, Instant until) {
        return Map.of("name", name, "until", until.toString());
    }

    private void read(Context request) {
        byte[] bytes =
                changes.read(product(request), name(request)).orElseThrow(ChangeRoutes::missing);
        request.header("Cache-Control", "no-store").contentType(RawAnswers.JSON).result(bytes);
    }

    private void put(Context request) throws IOException {
        String product = product(request);
        String name = name(request);
        Change change = Change.parse(Bodies.read(request, MAX_CHANGE), "The body");
        if (!change.stagedName().equals(name)) {
            throw RequestProblem.badRequest(
                    "change-invalid",
                    "The change has another name than its address; nothing was kept.",
                    "Send it to the name that versys gives it.");
        }
        boolean[] added = new boolean[1];
        changes.put(
                product,
                name,
                waiting -> {
                    added[0] = waiting.isEmpty();
                    Change merged =
                            waiting.map(bytes -> Change.parse(bytes, name).mergedWith(change))
                                    .orElse(change);
                    repository.requireStageable(product, merged);
                    return Optional.of(merged.bytes());
                });
        LOG.info("staged {} of {}, asked from {}", name, product, request.ip());
        Bodies.answer(request, added[0] ? 201 : 200, Map.of("name", name));
    }

    private void remove(Context request) {
        if (!changes.remove(product(request), name(request))) {
            throw missing();
        }
        LOG.info("unstaged a change of {}, asked from {}", product(request), request.ip());
        Bodies.answer(request, 200, Map.of("name", name(request)));
    }

    /// Asks who it is before anything else.
    private String product(Context request) {
        String product = request.pathParam("product");
        if (!ChannelName.isName(product)) {
            throw RequestProblem.notFound();
        }
        access.requirePublisherOrAdmin(request, product);
        return product;
    }

    private static String name(Context request) {
        String name = request.pathParam("change");
        if (!StagedChanges.isName(name)) {
            throw missing();
        }
        return name;
    }

    private static RequestProblem missing() {
        return new RequestProblem(
                404,
                "change-missing",
                "No change of that name waits here.",
                "See versys status for those that do.");
    }
}
