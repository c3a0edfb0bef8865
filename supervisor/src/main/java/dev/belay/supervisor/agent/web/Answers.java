package dev.belay.supervisor.agent.web;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.agent.web.AdminStatus.FailureInfo;
import dev.belay.supervisor.transaction.Planned;
import dev.belay.versys.version.Version;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// The JSON of the local interface: versions and digests as text, durations in seconds, failures as
/// `{kind, message, help}`.
final class Answers {
    static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Version.class, ToStringSerializer.instance)
                                    .addSerializer(Digest.class, ToStringSerializer.instance)
                                    .addSerializer(Duration.class, new Seconds()))
                    .build();

    private Answers() {}

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(JSON.writeValueAsBytes(body));
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

    private static final class Seconds extends StdSerializer<Duration> {
        Seconds() {
            super(Duration.class);
        }

        @Override
        public void serialize(
                Duration duration, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(duration.toMillis() / 1000.0);
        }
    }
}
