package dev.belay.versys.release;

import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The question of a health check, as release.yaml and supervisor.yaml write it below `health`.
public final class HealthReader {
    private static final String HTTP_EXAMPLE = "http://127.0.0.1:8080/health";
    private static final String TCP_EXAMPLE = "127.0.0.1:61616";
    private static final String JSON_EXAMPLE = "{version: \"{version}\"}";
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    // what the client itself has to say
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "authorization");
    private static final Set<String> OF_HTTP = Set.of("method", "headers", "login", "expect");

    private final MappingReader health;
    private final Predicate<String> isConfig;

    /// @param health what is below `health`
    /// @param isConfig whether a path is a configuration file of the release
    public HealthReader(MappingReader health, Predicate<String> isConfig) {
        this.health = health;
        this.isConfig = isConfig;
    }

    /// What is asked; empty if nothing is said of that, or it is wrong.
    public Optional<HealthQuestion> question() {
        Optional<HealthQuestion> http = http().map(HealthQuestion.class::cast);
        Optional<HealthQuestion> tcp =
                template("tcp", TCP_EXAMPLE, "[^/\\s]+:([0-9]+|.*\\})", "a host with a port")
                        .map(HealthQuestion.Tcp::new);
        Optional<HealthQuestion> command =
                Located.argv(health, "command", "[bin/check]").map(HealthQuestion.Command::new);
        Optional<HealthQuestion> log =
                pattern(health, "log", "\"Started in \\\\d+ ms\"").map(HealthQuestion.Log::new);
        List<String> asked =
                List.of("http", "tcp", "command", "log").stream()
                        .filter(key -> health.node(key).isPresent())
                        .toList();
        if (asked.size() > 1) {
            health.problem(
                    health.self(),
                    "only one thing can be asked, not " + String.join(" and ", asked),
                    "keep one of them");
        }
        if (!asked.isEmpty() && !asked.contains("http")) {
            OF_HTTP.stream()
                    .sorted()
                    .flatMap(key -> health.node(key).stream())
                    .forEach(node ->
                            health.problem(node, "this belongs to http alone", "remove it"));
        }
        return http.or(() -> tcp).or(() -> command).or(() -> log);
    }

    private Optional<HealthQuestion.Http> http() {
        if (health.node("http").isEmpty()) {
            return Optional.empty();
        }
        Optional<Template> url =
                template("http", HTTP_EXAMPLE, "(https?://|\\{).+", "an http or https URL");
        String method =
                health.text(
                                "method",
                                Pattern.compile("GET|HEAD|POST|PUT|OPTIONS"),
                                "a method: GET, HEAD, POST, PUT or OPTIONS",
                                "GET")
                        .orElse(HealthQuestion.Http.DEFAULT_METHOD);
        Map<String, Template> headers = new LinkedHashMap<>();
        YamlNode at = health.node("headers").orElse(health.self());
        health.plainValues("headers", "{X-Probe: belay}")
                .forEach((name, value) -> {
                    if (!HEADER.matcher(name).matches()
                            || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                        health.problem(
                                at,
                                "the header " + name + " cannot be set",
                                "leave it out; for Authorization use login");
                    }
                    template(health, at, value).ifPresent(it -> headers.put(name, it));
                });
        Optional<HealthQuestion.Login> login =
                health.fields("login", "{user: admin, password: \"{config:conf/a.properties:pw}\"}")
                        .flatMap(this::login);
        HealthQuestion.Expectation expect =
                expectation().orElse(HealthQuestion.Expectation.DEFAULT);
        return url.map(it -> new HealthQuestion.Http(it, method, headers, login, expect));
    }

    private Optional<HealthQuestion.Login> login(MappingReader login) {
        String reference = "\"{config:conf/users.properties:admin}\"";
        login.required("user", "admin");
        login.required("password", reference);
        Optional<Template> user =
                login.scalar("user", "admin").flatMap(s -> template(login, s, s.text()));
        Optional<Template> password =
                login.scalar("password", reference).flatMap(s -> template(login, s, s.text()));
        login.done();
        if (password.filter(it -> it.configValues().isEmpty()).isPresent()) {
            login.problem(
                    login.node("password").orElse(login.self()),
                    "a password is not written here",
                    "refer to the product's configuration: " + reference);
        }
        return user.flatMap(u -> password.map(p -> new HealthQuestion.Login(u, p)));
    }

    /// What an answer must be like; empty if nothing is said of that.
    public Optional<HealthQuestion.Expectation> expectation() {
        return health.fields("expect", "{status: 200}").map(this::expectation);
    }

    private HealthQuestion.Expectation expectation(MappingReader expect) {
        List<Integer> statuses = expect.numbers("status", 100, 599, "200");
        List<HealthQuestion.JsonField> json = new ArrayList<>();
        YamlNode at = expect.node("json").orElse(expect.self());
        expect.plainValues("json", JSON_EXAMPLE)
                .forEach((path, value) -> {
                    Comparison comparison = Comparison.of(value);
                    template(expect, at, comparison.rest(value))
                            .ifPresent(it ->
                                    json.add(new HealthQuestion.JsonField(path, comparison, it)));
                });
        Optional<Pattern> body = pattern(expect, "body", "\"status: (ok|degraded)\"");
        expect.done();
        return new HealthQuestion.Expectation(
                statuses.isEmpty() ? HealthQuestion.Expectation.DEFAULT.statuses() : statuses,
                json,
                body);
    }

    private static Optional<Pattern> pattern(MappingReader part, String key, String example) {
        return part.parsed(
                key,
                "a regular expression",
                example,
                text -> {
                    try {
                        return Optional.of(Pattern.compile(text, Pattern.MULTILINE));
                    } catch (PatternSyntaxException e) {
                        return Optional.empty();
                    }
                });
    }

    private Optional<Template> template(String key, String example, String shape, String what) {
        Optional<YamlNode.Scalar> scalar = health.scalar(key, example);
        scalar.filter(it -> !it.text().matches(shape))
                .ifPresent(it ->
                        health.problem(
                                it,
                                "\"" + it.text() + "\" is not " + what,
                                "write for example " + example));
        return scalar.flatMap(it -> template(health, it, it.text()));
    }

    private Optional<Template> template(MappingReader part, YamlNode at, String text) {
        try {
            Template template = Template.parse(text);
            for (Template.ConfigValue wanted : template.configValues()) {
                if (!isConfig.test(wanted.file())) {
                    part.problem(
                            at,
                            wanted.file() + " is no configuration file",
                            "declare it in layout.config");
                }
            }
            return Optional.of(template);
        } catch (IllegalArgumentException e) {
            part.problem(
                    at,
                    "\"" + text + "\": " + e.getMessage(),
                    "placeholders are {version} and {config:FILE:KEY}");
            return Optional.empty();
        }
    }
}
