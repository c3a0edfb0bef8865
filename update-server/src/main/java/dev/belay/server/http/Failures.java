package dev.belay.server.http;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.plan.UnknownNameException;
import dev.belay.versys.signing.PublicationConflictException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what routes throw into answers of one form, and keeps unexpected causes in the log and out
/// of the answer.
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void addTo(JavalinConfig config) {
        config.routes.exception(
                RequestProblem.class, (problem, request) -> answer(request, problem));
        config.routes.exception(
                BelayException.class,
                (failure, request) -> {
                    int status = clientWentAway(failure) ? 400 : status(failure);
                    if (status >= 500) {
                        LOG.error("{}: {}", failure.kind(), failure.getMessage(), failure);
                        answer(request, withoutPaths(status, failure));
                    } else {
                        answer(request, status, failure);
                    }
                });
        config.routes.exception(
                HttpResponseException.class, (e, request) -> answer(request, of(e)));
        config.routes.exception(IOException.class, Failures::transferFailed);
        config.routes.exception(Exception.class, Failures::unexpected);
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("a request failed", error);
            response.setStatus(500);
        });
        config.routes.error(
                500,
                request -> {
                    if (request.resultInputStream() == null) {
                        answer(request, JsonErrorHandler.problem(500));
                    }
                });
    }

    /// The status that fits what went wrong. The kind says it exactly.
    private static int status(BelayException failure) {
        return switch (failure.kind()) {
            case "too-large" -> 413;
            case "role-not-allowed" -> 403;
            default ->
                    switch (failure) {
                        case PublicationConflictException _ -> 409;
                        case UntrustedException _ -> 422;
                        case RefusedException _, UnknownNameException _ -> 400;
                        default -> 500;
                    };
        };
    }

    /// What the server's disk is like is for its log: only the kind goes to whoever asked.
    private static RequestProblem withoutPaths(int status, BelayException failure) {
        RequestProblem said = JsonErrorHandler.problem(status);
        return new RequestProblem(
                status, failure.kind(), String.valueOf(said.getMessage()), said.help());
    }

    private static RequestProblem of(HttpResponseException e) {
        return e instanceof MethodNotAllowedResponse
                ? RequestProblem.methodNotAllowed(
                        e.getDetails().getOrDefault("availableMethods", "GET"))
                : JsonErrorHandler.problem(e.getStatus());
    }

    private static void transferFailed(IOException e, Context request) {
        if (clientWentAway(e)) {
            LOG.debug("a client went away", e);
            answer(request, JsonErrorHandler.problem(400));
        } else {
            unexpected(e, request);
        }
    }

    /// A client that stops in the middle of its upload is no failure of the server, however deep it
    /// is noticed. It will hardly read the answer.
    private static boolean clientWentAway(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof EOFException
                                || cause instanceof TimeoutException
                                || cause instanceof HttpException);
    }

    private static void unexpected(Exception e, Context request) {
        LOG.error("a request failed", e);
        answer(request, JsonErrorHandler.problem(500));
    }

    private static void answer(Context request, RequestProblem problem) {
        problem.headers().forEach(request::header);
        answer(request, problem.status(), problem);
    }

    private static void answer(Context request, int status, BelayException failure) {
        request.status(status)
                .header("Cache-Control", "no-store")
                .contentType(RawAnswers.JSON)
                .result(StrictJson.error(failure));
    }
}
