package dev.belay.supervisor.settings;

import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.release.HealthQuestion;
import dev.belay.versys.release.HealthReader;
import dev.belay.versys.version.Version;
import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.Quantities;
import dev.belay.versys.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Nodes of a supervisor.yaml to settings. Collects problems and goes on.
final class SettingsReader {
    static final String DEFAULT_CHANNEL = "stable";
    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 7480;
    static final Duration DEFAULT_POLL = Duration.ofHours(6);
    static final int DEFAULT_KEEP = 3;
    private static final long SLOWEST_FLOOR = 100;
    private static final long FASTEST_FLOOR = 100_000_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+-[a-z0-9_]+");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern WARINESS = Pattern.compile("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?");
    private static final Pattern HOST_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern LISTEN =
            Pattern.compile("(127(?:\\.[0-9]{1,3}){3}|localhost|\\[::1\\]):([0-9]{1,5})");

    private final Problems problems;
    private final String platform;

    SettingsReader(Problems problems, String platform) {
        this.problems = problems;
        this.platform = platform;
    }

    /// The settings; only to be used if there are no problems.
    Optional<Settings> read(YamlNode.Mapping root) {
        MappingReader fields = new MappingReader(root, problems);
        fields.required("product", "shop");
        fields.required("server", "https://updates.example.org");
        Optional<String> product =
                fields.text(
                        "product", NAME, "a product name (a-z, 0-9 and -, a letter first)", "shop");
        Optional<URI> server =
                fields.parsed(
                        "server",
                        "an http or https URL",
                        "https://updates.example.org",
                        SettingsReader::server);
        String channel =
                fields.text("channel", NAME, "a channel name", DEFAULT_CHANNEL)
                        .orElse(DEFAULT_CHANNEL);
        String host =
                fields.text("platform", PLATFORM, "a platform (os-arch)", "linux-amd64")
                        .orElse(platform);
        Settings.Agent agent = agent(fields.fields("agent", "{poll: 6h}"));
        Settings.Backups backups = backups(fields.fields("backups", "{keep: 3}"));
        Optional<Long> floorSpeed = floorSpeed(fields.fields("download", "{floor-speed: 50kB/s}"));
        RollbackPolicy rollback =
                fields.parsed(
                                "rollback",
                                "a policy: auto, ask or hold",
                                "ask",
                                SettingsReader::rollback)
                        .orElse(RollbackPolicy.ASK);
        ChainPolicy onFailure =
                fields.parsed("on-failure", "a policy: stop or return", "stop", ChainPolicy::of)
                        .orElse(ChainPolicy.STOP);
        Settings.ServiceOverrides service = service(fields.fields("service", "{user: shop}"));
        Settings.HealthOverrides health = health(fields.fields("health", "{within: 3m}"));
        Map<String, String> facts = fields.plainValues("facts", "{db.engine: mysql}");
        List<String> risks = fields.texts("accepted-risks", "[SlowIndexBuild]");
        Optional<Version> pin = fields.parsed("pin", "a version", "3.5.1", SettingsReader::version);
        Optional<PlanPolicy> policy =
                fields.parsed(
                        "policy",
                        "a policy: fewest-hops, every-minor, newest-first, least-download or"
                                + " least-downtime",
                        "every-minor",
                        SettingsReader::policy);
        Optional<Double> wariness = wariness(fields);
        Optional<String> hostId =
                fields.text("host-id", HOST_ID, "an id of letters, digits, ., _ and -", "shop-01");
        boolean report = fields.truth("report").orElse(true);
        fields.done();
        if (product.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Settings(
                        product.get(),
                        server.get(),
                        channel,
                        host,
                        agent,
                        backups,
                        floorSpeed,
                        rollback,
                        onFailure,
                        service,
                        health,
                        facts,
                        risks,
                        pin,
                        policy,
                        wariness,
                        hostId,
                        report));
    }

    private static Optional<URI> server(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain =
                    uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && uri.getRawUserInfo() == null;
            return web && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Version> version(String text) {
        try {
            return Optional.of(Version.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PlanPolicy> policy(String text) {
        try {
            return Optional.of(PlanPolicy.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<RollbackPolicy> rollback(String text) {
        return Arrays.stream(RollbackPolicy.values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private static Optional<Double> wariness(MappingReader fields) {
        return fields.node("wariness")
                .flatMap(node -> {
                    if (node instanceof YamlNode.Scalar(_, _, _, String text, _)
                            && WARINESS.matcher(text).matches()) {
                        return Optional.of(Double.valueOf(text));
                    }
                    fields.problem(
                            node,
                            "this is not a number from 0 (first in rollouts) to 1 (last)",
                            "write for example wariness: 0.5");
                    return Optional.empty();
                });
    }

    private static Settings.Agent agent(Optional<MappingReader> found) {
        if (found.isEmpty()) {
            return new Settings.Agent(DEFAULT_HOST, DEFAULT_PORT, DEFAULT_POLL);
        }
        MappingReader agent = found.get();
        Optional<Matcher> listen =
                agent.parsed(
                        "listen",
                        "a loopback address with its port",
                        DEFAULT_HOST + ":" + DEFAULT_PORT,
                        SettingsReader::listen);
        Duration poll = agent.duration("poll", "6h").orElse(DEFAULT_POLL);
        if (poll.compareTo(Duration.ofSeconds(1)) < 0) {
            agent.problem(
                    agent.node("poll").orElse(agent.self()),
                    "polling more often than every second only loads the server",
                    "write for example 6h; a release is pushed at once anyway");
        }
        agent.done();
        return new Settings.Agent(
                listen.map(it -> it.group(1)).orElse(DEFAULT_HOST),
                listen.map(it -> Integer.parseInt(it.group(2))).orElse(DEFAULT_PORT),
                poll);
    }

    private static Optional<Matcher> listen(String text) {
        Matcher matcher = LISTEN.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65535
                ? Optional.of(matcher)
                : Optional.empty();
    }

    private static Settings.Backups backups(Optional<MappingReader> found) {
        if (found.isEmpty()) {
            return new Settings.Backups(
                    Settings.Limits.keep(DEFAULT_KEEP),
                    Settings.Limits.keep(DEFAULT_KEEP),
                    Settings.Limits.NONE,
                    Optional.empty());
        }
        MappingReader backups = found.get();
        Settings.Limits keep =
                Settings.Limits.keep(backups.number("keep", 1, 1000, "3").orElse(DEFAULT_KEEP));
        Settings.Limits beforeUpdate = limits(backups, "before-update", keep);
        Settings.Limits setAside = limits(backups, "set-aside", keep);
        Settings.Limits onRequest = limits(backups, "on-request", Settings.Limits.NONE);
        Optional<String> directory = backups.text("directory", "/var/backups/shop");
        backups.done();
        return new Settings.Backups(beforeUpdate, setAside, onRequest, directory);
    }

    /// Limits that are named replace all those that hold otherwise.
    private static Settings.Limits limits(
            MappingReader backups, String kind, Settings.Limits otherwise) {
        Optional<MappingReader> found = backups.fields(kind, "{keep: 5, age: 90d, size: 20GB}");
        if (found.isEmpty()) {
            return otherwise;
        }
        MappingReader limits = found.get();
        Settings.Limits read =
                new Settings.Limits(
                        limits.number("keep", 1, 1000, "5"),
                        limits.duration("age", "90d"),
                        limits.parsed("size", "a size", "20GB", Quantities::size));
        limits.done();
        return read;
    }

    /// Below the slowest that is allowed nothing would ever be given up, and above the fastest
    /// everything.
    private static Optional<Long> floorSpeed(Optional<MappingReader> found) {
        Optional<Long> floor =
                found.flatMap(download ->
                        download.parsed(
                                "floor-speed",
                                "a speed from 100B/s to 100MB/s",
                                "50kB/s",
                                text ->
                                        Quantities.speed(text)
                                                .filter(speed ->
                                                        speed >= SLOWEST_FLOOR
                                                                && speed <= FASTEST_FLOOR)));
        found.ifPresent(MappingReader::done);
        return floor;
    }

    private static Settings.ServiceOverrides service(Optional<MappingReader> found) {
        if (found.isEmpty()) {
            return new Settings.ServiceOverrides(Optional.empty(), Map.of());
        }
        MappingReader service = found.get();
        Optional<String> user = service.text("user", USER, "an account name", "shop");
        Map<String, String> environment =
                service.plainValues("environment", "{JAVA_HOME: /usr/lib/jvm/java-21}");
        for (String name : environment.keySet()) {
            if (!VARIABLE.matcher(name).matches()) {
                service.problem(
                        service.node("environment").orElse(service.self()),
                        "\"" + name + "\" is no name of an environment variable",
                        "use letters, digits and _");
            }
        }
        service.done();
        return new Settings.ServiceOverrides(user, environment);
    }

    private static Settings.HealthOverrides health(Optional<MappingReader> found) {
        if (found.isEmpty()) {
            return Settings.HealthOverrides.NONE;
        }
        MappingReader health = found.get();
        Optional<Duration> within = health.duration("within", "3m");
        if (within.isPresent() && within.get().isZero()) {
            health.problem(
                    health.node("within").orElse(health.self()),
                    "must be longer than zero",
                    "write for example 3m");
        }
        // which files are configuration is the release's to say
        HealthReader reader = new HealthReader(health, _ -> true);
        Optional<HealthQuestion> question = reader.question();
        Optional<HealthQuestion.Expectation> expect =
                question.isPresent() ? Optional.empty() : reader.expectation();
        Optional<Duration> probation = health.duration("probation", "10m");
        health.done();
        return new Settings.HealthOverrides(within, question, expect, probation);
    }
}
