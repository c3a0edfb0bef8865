package dev.belay.versys.release;

import dev.belay.versys.version.Version;
import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.Quantities;
import dev.belay.versys.yaml.YamlNode;
import dev.belay.versys.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Nodes of a release.yaml to a descriptor. Collects problems and goes on.
final class DescriptorReader {
    private static final Pattern PRODUCT = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PLATFORM = Pattern.compile("any|[a-z0-9]+-[a-z0-9_]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    private static final List<String> LIBRARIES = List.of("glibc", "musl");
    private static final int MAX_PORT = 65535;

    private final Problems problems;

    DescriptorReader(Problems problems) {
        this.problems = problems;
    }

    /// The descriptor; only to be used if there are no problems.
    Optional<ReleaseDescriptor> read(Mapping root) {
        MappingReader fields = new MappingReader(root, problems);
        fields.required("product", "shop");
        fields.required("version", "3.5.1");
        fields.required("platform", "any");
        Optional<String> product =
                fields.text(
                        "product",
                        PRODUCT,
                        "a product name (a-z, 0-9 and -, a letter first)",
                        "shop");
        Optional<Version> version = fields.parsed("version", "a version", "3.5.1", this::version);
        Optional<String> platform =
                fields.text("platform", PLATFORM, "a platform (any, or os-arch)", "linux-amd64");
        Requirements requires =
                fields.fields("requires", "{disk: 900MB}")
                        .map(this::requirements)
                        .orElse(Requirements.NONE);
        UpgradeRule upgrade =
                fields.fields("upgrade", "{from: \">=3.2.0 <3.5.1\"}")
                        .map(this::upgrade)
                        .orElse(UpgradeRule.NONE);
        Layout layout =
                fields.fields("layout", "{data: [data/]}")
                        .map(it -> new LayoutReader(it).read())
                        .orElse(Layout.NONE);
        List<ConfigMigration> migrations = new MigrationReader(fields, layout).read();
        List<DatabaseDeclaration> databases = databases(fields, layout);
        ServiceReader serving = new ServiceReader(fields, layout);
        Optional<Service> service = serving.service();
        Hooks hooks = serving.hooks();
        Optional<HealthCheck> health = serving.health();
        Optional<String> notes = Located.path(fields, "notes", "CHANGES.md");
        List<Secret> secrets = secrets(fields, layout);
        fields.done();
        if (product.isEmpty() || version.isEmpty() || platform.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ReleaseDescriptor(
                        product.get(),
                        version.get(),
                        platform.get(),
                        requires,
                        upgrade,
                        layout,
                        migrations,
                        databases,
                        service,
                        hooks,
                        health,
                        notes,
                        secrets));
    }

    private List<Secret> secrets(MappingReader fields, Layout layout) {
        List<Secret> secrets = new ArrayList<>();
        String example = "conf/app.properties:db.password";
        for (YamlNode item : fields.items("secrets", "[\"" + example + "\"]")) {
            fields.text(item, example)
                    .map(scalar -> scalar.text().split(":", 2))
                    .ifPresent(parts -> {
                        if (layout.configOf(parts[0]).isEmpty()) {
                            problems.at(
                                    item,
                                    parts[0] + " is no configuration file",
                                    "declare it in layout.config, or correct the path");
                        }
                        secrets.add(
                                new Secret(
                                        parts[0],
                                        parts.length > 1
                                                ? Optional.of(parts[1])
                                                : Optional.empty()));
                    });
        }
        return secrets;
    }

    private Optional<Version> version(String text) {
        try {
            return Optional.of(Version.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Requirements requirements(MappingReader fields) {
        Optional<String> supervisor = Located.range(fields, "supervisor", ">=1.2");
        Optional<String> java = Located.range(fields, "java", ">=17");
        OptionalLong disk = size(fields, "disk");
        OptionalLong memory = size(fields, "memory");
        Map<String, String> commands = Located.ranges(fields, "commands", "{node: \">=22\"}");
        Map<String, String> libc = Located.ranges(fields, "libc", "{glibc: \">=2.28\"}");
        libc.keySet().stream()
                .filter(name -> !LIBRARIES.contains(name))
                .forEach(name ->
                        fields.problem(
                                fields.node("libc").orElse(fields.self()),
                                name + " is no C library that is known here",
                                "write " + String.join(" or ", LIBRARIES)));
        List<Integer> ports = ports(fields);
        Map<String, String> facts = fields.plainValues("facts", "{db.version: \">=13\"}");
        fields.done();
        return new Requirements(supervisor, java, disk, memory, commands, libc, ports, facts);
    }

    private static OptionalLong size(MappingReader fields, String key) {
        return fields.parsed(key, "a size", "900MB", Quantities::size).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private List<Integer> ports(MappingReader fields) {
        List<Integer> ports = new ArrayList<>();
        for (YamlNode item : fields.items("ports", "[8080]")) {
            if (item instanceof YamlNode.Scalar scalar
                    && scalar.text().matches("[1-9][0-9]{0,4}")
                    && Integer.parseInt(scalar.text()) <= MAX_PORT) {
                ports.add(Integer.valueOf(scalar.text()));
            } else {
                problems.at(item, "must be a port, 1 to " + MAX_PORT, "write for example 8080");
            }
        }
        return ports;
    }

    private UpgradeRule upgrade(MappingReader fields) {
        Optional<String> from = Located.range(fields, "from", "\">=3.2.0 <3.5.1\"");
        boolean stop = fields.truth("required-stop").orElse(false);
        List<UpgradeRule.Condition> conditions = new ArrayList<>();
        for (YamlNode item : fields.items("conditions", "[{when: {db.engine: mysql}}]")) {
            fields.mapping(item, "{when: {db.engine: mysql}, risk: SlowIndexBuild, message: ...}")
                    .flatMap(this::condition)
                    .ifPresent(conditions::add);
        }
        fields.done();
        return new UpgradeRule(from, stop, conditions);
    }

    private Optional<UpgradeRule.Condition> condition(MappingReader fields) {
        fields.required("when", "{db.engine: mysql}");
        fields.required("risk", "SlowIndexBuild");
        fields.required("message", "The index is built anew.");
        Map<String, String> when = fields.plainValues("when", "{db.engine: mysql}");
        Optional<String> risk =
                fields.text("risk", NAME, "a name of letters, digits, _ and -", "SlowIndexBuild");
        Optional<String> message = fields.text("message", "The index is built anew.");
        Optional<String> url = fields.text("url", "https://example.org/risk");
        fields.done();
        if (risk.isEmpty() || message.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new UpgradeRule.Condition(when, risk.get(), message.get(), url));
    }

    private List<DatabaseDeclaration> databases(MappingReader fields, Layout layout) {
        List<DatabaseDeclaration> databases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String example = "{name: main, engine: sqlite, file: data/shop.db}";
        for (YamlNode item : fields.items("databases", "[" + example + "]")) {
            fields.mapping(item, example)
                    .flatMap(it -> database(it, layout))
                    .ifPresent(database -> {
                        if (!names.add(database.name())) {
                            problems.at(
                                    item,
                                    "a database " + database.name() + " is there already",
                                    "give each database its own name");
                        }
                        databases.add(database);
                    });
        }
        return databases;
    }

    private Optional<DatabaseDeclaration> database(MappingReader fields, Layout layout) {
        fields.required("name", "main");
        fields.required("engine", "sqlite");
        fields.required("file", "data/shop.db");
        Optional<String> name =
                fields.text("name", NAME, "a name of letters, digits, _ and -", "main");
        Optional<DatabaseDeclaration.Engine> engine =
                fields.word("engine", Map.of("sqlite", DatabaseDeclaration.Engine.SQLITE));
        Optional<String> file = Located.path(fields, "file", "data/shop.db");
        fields.done();
        if (file.isPresent() && !layout.isData(file.get())) {
            fields.problem(
                    fields.node("file").orElse(fields.self()),
                    file.get() + " lies in no data path, so an update would replace it",
                    "declare it in layout.data");
        }
        if (name.isEmpty() || engine.isEmpty() || file.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DatabaseDeclaration(name.get(), engine.get(), file.get()));
    }
}
