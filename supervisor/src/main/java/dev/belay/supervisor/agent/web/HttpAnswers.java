package dev.belay.supervisor.agent.web;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.agent.web.AdminStatus.FailureInfo;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.offer.Planned;
import io.javalin.http.Context;
import java.util.Map;

/// Answers of the local interface, in the JSON of [Json]; failures as `{kind, message, help}`.
final class HttpAnswers {
    private HttpAnswers() {}

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(Json.line(body));
    }

    static void failure(Context context, int status, BelayException failure) {
        json(context, status, describe(failure));
    }

    static FailureInfo describe(BelayException failure) {
        return new FailureInfo(
                failure.kind(), String.valueOf(failure.getMessage()), failure.help());
    }

    /// The answer of `GET /api/plan`: `kind` says which of the other fields are there.
    static Map<String, Object> plan(Planned planned) {
        return switch (planned) {
            case Planned.Ready ready -> Map.of("kind", "ready", "chain", ready.chain());
            case Planned.Outlined outlined -> Map.of("kind", "ready", "chain", outlined.chain());
            case Planned.NothingToDo nothing ->
                    Map.of("kind", "nothing-to-do", "message", nothing.message());
            case Planned.NoWay no ->
                    Map.of("kind", no.kind(), "message", no.message(), "help", no.help());
        };
    }

    /// The HTTP status that fits a failure.
    static int statusOf(BelayException failure) {
        if (failure.kind().equals("session-required")) {
            return 401;
        }
        if (failure.kind().equals("request-invalid")) {
            return 400;
        }
        return switch (failure.exitCode()) {
            case LOCKED, REFUSED -> 409;
            case TRUST -> 502;
            case USAGE -> 400;
            case DONE, FAILED, NOT_ROLLED_BACK, UPDATE_AVAILABLE -> 500;
        };
    }
}
