package dev.belay.server.http;

import dev.belay.server.fleet.Fleet;
import dev.belay.server.fleet.Report;
import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes the outcomes of updates from hosts. Anyone may send one, so everything in it is bounded:
/// the body, every field, and how many come from one address.
final class ReportRoute {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_MESSAGE = 2_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_~-]{0,127}");
    private final Fleet fleet;
    private final Predicate<String> productExists;
    private final RateLimiter limiter;
    private final Counters counters;

    ReportRoute(
            Fleet fleet, Predicate<String> productExists, RateLimiter limiter, Counters counters) {
        this.fleet = fleet;
        this.productExists = productExists;
        this.limiter = limiter;
        this.counters = counters;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/v1/products/{product}/reports", this::take);
    }

    private void take(Context request) throws IOException {
        if (!limiter.tryTake(request.ip())) {
            throw RequestProblem.tooMany(
                    "Too many reports came from there; this one was not kept.");
        }
        String product = request.pathParam("product");
        if (!productExists.test(product)) {
            throw RequestProblem.notFound();
        }
        Report report = parse(StrictJson.object(Bodies.read(request, MAX_BODY)));
        boolean added = fleet.record(product, report);
        if (added) {
            counters.count(Counter.REPORTS);
        }
        Bodies.answer(request, added ? 201 : 200, Map.of("id", report.id(), "recorded", added));
    }

    private static Report parse(JsonNode body) {
        String outcome = required(body, "outcome", WORD);
        String from = optional(body, "from", VERSION);
        String to = optional(body, "to", VERSION);
        String version = optional(body, "version", VERSION);
        return new Report(
                required(body, "id", ID),
                required(body, "host", ID),
                optional(body, "channel", WORD),
                from,
                to,
                version != null ? version : versionAfter(outcome, from, to),
                outcome,
                optional(body, "kind", WORD),
                message(body),
                seconds(body),
                optional(body, "supervisor", VERSION));
    }

    /// What runs now, if the outcome says so.
    private static @Nullable String versionAfter(
            String outcome, @Nullable String from, @Nullable String to) {
        return switch (outcome) {
            case "updated", "went-back", "installed" -> to;
            case "rolled-back" -> from;
            default -> null;
        };
    }

    private static String required(JsonNode body, String field, Pattern form) {
        String value = optional(body, field, form);
        if (value == null) {
            throw malformed(field);
        }
        return value;
    }

    private static @Nullable String optional(JsonNode body, String field, Pattern form) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() || !form.matcher(value.asString()).matches()) {
            throw malformed(field);
        }
        return value.asString();
    }

    private static @Nullable String message(JsonNode body) {
        JsonNode value = body.path("message");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw malformed("message");
        }
        String text = value.asString();
        String cut = text.substring(0, Math.min(MAX_MESSAGE, text.length()));
        return cut.replaceAll("\\p{Cntrl}", " ");
    }

    private static @Nullable Double seconds(JsonNode body) {
        JsonNode value = body.path("seconds");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble()) || value.asDouble() < 0) {
            throw malformed("seconds");
        }
        return value.asDouble();
    }

    private static RequestProblem malformed(String field) {
        return RequestProblem.badRequest(
                "malformed-report",
                "The field \""
                        + field
                        + "\" of the report is missing or malformed; it was not kept.",
                "Send the fields documented in docs/server.md.");
    }
}
