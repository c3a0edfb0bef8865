package dev.belay.versys.release;

import dev.belay.versys.yaml.MappingReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The `service`, `hooks` and `health` parts of release.yaml.
final class ServiceReader {
    private static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.@-]{1,200}\\.service");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String HTTP_EXAMPLE = "http://127.0.0.1:8080/health";

    private final MappingReader fields;
    private final Layout layout;

    ServiceReader(MappingReader fields, Layout layout) {
        this.fields = fields;
        this.layout = layout;
    }

    Optional<Service> service() {
        return fields.fields("service", "{run: [bin/server, run]}").flatMap(this::service);
    }

    private Optional<Service> service(MappingReader service) {
        Optional<List<String>> run = Located.argv(service, "run", "[bin/server, run]");
        Optional<String> unit =
                service.text("systemd", UNIT, "a systemd service unit", "shop.service");
        Optional<String> user = service.text("user", USER, "an account name", "shop");
        Map<String, String> environment =
                service.plainValues("environment", "{JAVA_OPTS: -Xmx512m}");
        Optional<Duration> start = service.duration("start-timeout", "5m");
        Duration stop = service.duration("stop-timeout", "30s").orElse(DEFAULT_STOP_TIMEOUT);
        Service.Strategy strategy =
                service.word("strategy", Map.of("restart", Service.Strategy.RESTART))
                        .orElse(Service.Strategy.RESTART);
        service.done();
        for (String name : environment.keySet()) {
            if (!VARIABLE.matcher(name).matches()) {
                service.problem(
                        service.node("environment").orElse(service.self()),
                        "\"" + name + "\" is no name of an environment variable",
                        "use letters, digits and _");
            }
        }
        boolean both = service.node("run").isPresent() && service.node("systemd").isPresent();
        boolean none = service.node("run").isEmpty() && service.node("systemd").isEmpty();
        if (both || none) {
            service.problem(
                    service.self(),
                    "a service has either run or systemd",
                    "write for example run: [bin/server, run]");
        }
        if (unit.isEmpty() && start.isPresent()) {
            service.problem(
                    service.node("start-timeout").orElse(service.self()),
                    "what is started with run is up at once",
                    "how long it may take to be healthy is health.within");
        }
        if (unit.isPresent() && (user.isPresent() || !environment.isEmpty())) {
            service.problem(
                    service.self(),
                    "user and environment of a systemd service are the unit's",
                    "set them in " + unit.get());
        }
        if (unit.isPresent()) {
            return Optional.of(
                    new Service.Systemd(
                            unit.get(), start.orElse(DEFAULT_START_TIMEOUT), stop, strategy));
        }
        return run.map(argv -> new Service.Run(argv, user, environment, stop, strategy));
    }

    Hooks hooks() {
        Optional<MappingReader> found = fields.fields("hooks", "{migrate: [bin/migrate]}");
        if (found.isEmpty()) {
            return Hooks.NONE;
        }
        MappingReader hooks = found.get();
        Hooks read =
                new Hooks(
                        Located.argv(hooks, "preflight", "[bin/check]"),
                        Located.argv(hooks, "pre-backup", "[bin/flush]"),
                        Located.argv(hooks, "migrate", "[bin/migrate]"),
                        Located.argv(hooks, "post-start", "[bin/warm]"),
                        Located.argv(hooks, "post-commit", "[bin/announce]"));
        hooks.done();
        return read;
    }

    Optional<HealthCheck> health() {
        return fields.fields("health", "{http: \"" + HTTP_EXAMPLE + "\"}").flatMap(this::health);
    }

    private Optional<HealthCheck> health(MappingReader health) {
        Optional<HealthQuestion> question =
                new HealthReader(health, file -> layout.configOf(file).isPresent()).question();
        if (question.isEmpty()
                && List.of("http", "tcp", "command", "log").stream()
                        .noneMatch(key -> health.node(key).isPresent())) {
            health.required("http", "\"" + HTTP_EXAMPLE + "\"");
        }
        if (health.node("log").isPresent()
                && fields.fields("service", "{run: [bin/server]}")
                        .flatMap(service -> service.node("run"))
                        .isEmpty()) {
            health.problem(
                    health.node("log").orElse(health.self()),
                    "only what service.run starts writes where this is looked for",
                    "ask something else, for example tcp");
        }
        Duration within = health.duration("within", "90s").orElse(HealthCheck.DEFAULT_WITHIN);
        Duration interval = health.duration("interval", "1s").orElse(HealthCheck.DEFAULT_INTERVAL);
        int consecutive =
                health.number("consecutive", 1, 1000, "3").orElse(HealthCheck.DEFAULT_CONSECUTIVE);
        Duration probation = health.duration("probation", "10m").orElse(Duration.ZERO);
        health.done();
        positive(health, "within", within);
        positive(health, "interval", interval);
        return question.map(it -> new HealthCheck(it, within, interval, consecutive, probation));
    }

    private static void positive(MappingReader health, String key, Duration value) {
        if (value.isZero()) {
            health.problem(
                    health.node(key).orElse(health.self()),
                    "must be longer than zero",
                    "write for example 90s");
        }
    }
}
