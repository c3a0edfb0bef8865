package dev.belay.versys.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.versys.version.Version;
import dev.belay.versys.yaml.YamlDocument;
import dev.belay.versys.yaml.YamlProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseDescriptorTest {
    private static final String FULL =
            """
            product: shop
            version: 3.5.1
            platform: linux-amd64
            requires: {supervisor: ">=1.2", java: ">=17", disk: 900MB, memory: 2GiB, commands: {node: ">=22", ffmpeg: "*"}, libc: {glibc: ">=2.28", musl: "*"}, ports: [8080], facts: {db.version: ">=13"}}
            upgrade:
              from: ">=3.2.0 <3.5.1"
              required-stop: true
              conditions: [{when: {db.engine: mysql}, risk: SlowIndexBuild, message: "Slow.", url: "https://example.org"}]
            layout:
              config: [{path: conf/server.xml, format: xml}, conf/app.properties, conf/sites/]
              data: [data/, logs/]
            config-migrations:
              - {file: conf/app.properties, rename: {from: mail.host, to: smtp.host}}
              - {file: conf/app.properties, set-default: {smtp.tls: true}}
              - {file: conf/app.properties, remove: legacy.poll}
            databases: [{name: main, engine: sqlite, file: data/shop.db}]
            service: {run: [bin/server, run], user: shop, environment: {OPTS: -Xmx1g}, stop-timeout: 40s, strategy: restart}
            hooks: {preflight: [bin/check], pre-backup: [bin/flush], migrate: [bin/migrate, "--all"], post-start: [bin/warm], post-commit: [bin/announce]}
            health:
              http: "http://127.0.0.1:{config:conf/server.xml:/Server/Service/Connector[1]/@port}/health"
              expect: {status: 204, json: {version: "{version}"}}
              within: 2m
              interval: 500ms
              consecutive: 2
              probation: 10m
            notes: CHANGES.md
            """;
    private static final String SMALL = "product: shop\nversion: 3.5.1\nplatform: any\n";

    private static ReleaseDescriptor parse(String yaml) {
        return ReleaseDescriptor.parse(bytes(yaml), "release.yaml");
    }

    private static byte[] bytes(String yaml) {
        return yaml.getBytes(StandardCharsets.UTF_8);
    }

    private static List<YamlProblem> problems(String yaml) {
        return refused(yaml).problems();
    }

    private static InvalidDescriptorException refused(String yaml) {
        InvalidDescriptorException published =
                catchThrowableOfType(
                        InvalidDescriptorException.class,
                        () -> ReleaseDescriptor.parsePublished(bytes(yaml), "release.yaml"));
        InvalidDescriptorException written =
                catchThrowableOfType(InvalidDescriptorException.class, () -> parse(yaml));
        // the schema must add nothing where the reader already speaks, and the reader must not rely
        // on the schema: the supervisor does without it
        assertThat(written.problems()).isEqualTo(published.problems());
        return written;
    }

    @Test
    void readsScratchPathsThatAreNeitherConfigNorData() {
        Layout layout =
                ReleaseDescriptor.parse(
                                """
                                product: shop
                                version: 1.0.0
                                platform: any
                                layout: {config: [conf/], data: [data/], scratch: [work/, temp/]}
                                """
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                "release.yaml")
                        .layout();
        assertThat(layout.isScratch("work/compiled/Page.class")).isTrue();
        assertThat(layout.isScratch("worker")).isFalse();
        assertThat(layout.isScratch("data/shop.db")).isFalse();
    }

    @Test
    void readsEveryKey() {
        ReleaseDescriptor release = parse(FULL);

        assertThat(release).isEqualTo(ReleaseDescriptor.parsePublished(bytes(FULL), "r"));
        assertThat(release.product()).isEqualTo("shop");
        assertThat(release.version()).isEqualTo(Version.of("3.5.1"));
        assertThat(release.platform()).isEqualTo("linux-amd64");
        assertThat(release.requires())
                .isEqualTo(
                        new Requirements(
                                Optional.of(">=1.2"),
                                Optional.of(">=17"),
                                OptionalLong.of(900_000_000),
                                OptionalLong.of(2L << 30),
                                Map.of("node", ">=22", "ffmpeg", "*"),
                                Map.of("glibc", ">=2.28", "musl", "*"),
                                List.of(8080),
                                Map.of("db.version", ">=13")));
        assertThat(release.upgrade())
                .isEqualTo(
                        new UpgradeRule(
                                Optional.of(">=3.2.0 <3.5.1"),
                                true,
                                List.of(
                                        new UpgradeRule.Condition(
                                                Map.of("db.engine", "mysql"),
                                                "SlowIndexBuild",
                                                "Slow.",
                                                Optional.of("https://example.org")))));
        assertThat(release.configMigrations())
                .containsExactly(
                        new ConfigMigration.Rename("conf/app.properties", "mail.host", "smtp.host"),
                        new ConfigMigration.SetDefault(
                                "conf/app.properties", Map.of("smtp.tls", "true")),
                        new ConfigMigration.Remove("conf/app.properties", "legacy.poll"));
        assertThat(release.databases())
                .containsExactly(
                        new DatabaseDeclaration(
                                "main", DatabaseDeclaration.Engine.SQLITE, "data/shop.db"));
        assertThat(release.service())
                .contains(
                        new Service.Run(
                                List.of("bin/server", "run"),
                                Optional.of("shop"),
                                Map.of("OPTS", "-Xmx1g"),
                                Duration.ofSeconds(40),
                                Service.Strategy.RESTART));
        assertThat(release.hooks().preBackup()).contains(List.of("bin/flush"));
        assertThat(release.hooks().migrate()).contains(List.of("bin/migrate", "--all"));
        assertThat(release.hooks().postCommit()).contains(List.of("bin/announce"));
        HealthCheck health = release.health().orElseThrow();
        assertThat(http(health).expect().statuses()).containsExactly(204);
        assertThat(health.within()).isEqualTo(Duration.ofMinutes(2));
        assertThat(health.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(health.consecutive()).isEqualTo(2);
        assertThat(release.notes()).contains("CHANGES.md");
    }

    @Test
    void needsThreeKeysAndGivesTheRestDefaults() {
        ReleaseDescriptor release = parse(SMALL + "health: {http: \"http://localhost/\"}\n");

        assertThat(release.requires()).isEqualTo(Requirements.NONE);
        assertThat(release.upgrade()).isEqualTo(UpgradeRule.NONE);
        assertThat(release.layout()).isEqualTo(Layout.NONE);
        assertThat(release.service()).isEmpty();
        assertThat(release.hooks()).isEqualTo(Hooks.NONE);
        HealthCheck health = release.health().orElseThrow();
        assertThat(http(health).expect()).isEqualTo(HealthQuestion.Expectation.DEFAULT);
        assertThat(health.within()).isEqualTo(Duration.ofSeconds(90));
        assertThat(health.consecutive()).isEqualTo(3);
    }

    private static HealthQuestion.Http http(HealthCheck health) {
        return (HealthQuestion.Http) health.question();
    }

    @Test
    void readsEveryWayToAskForHealth() {
        String layout = "layout: {config: [conf/a.properties]}\n";
        HealthQuestion.Http http =
                http(
                        parse(
                                        SMALL
                                                + layout
                                                + """
                                                health:
                                                  http: "{config:conf/a.properties:base}/health"
                                                  method: POST
                                                  headers: {X-Probe: "{version}"}
                                                  login: {user: admin, password: "{config:conf/a.properties:pw}"}
                                                  expect:
                                                    status: [200, 302]
                                                    json: {queue: "<= 100", state: "!= DOWN", name: shop}
                                                    body: "ok|fine"
                                                """)
                                .health()
                                .orElseThrow());
        assertThat(http.url()).hasToString("{config:conf/a.properties:base}/health");
        assertThat(http.method()).isEqualTo("POST");
        assertThat(http.headers()).containsKey("X-Probe");
        assertThat(http.login().orElseThrow().user()).hasToString("admin");
        assertThat(http.expect().statuses()).containsExactly(200, 302);
        assertThat(http.expect().json())
                .extracting(HealthQuestion.JsonField::comparison)
                .containsExactly(Comparison.AT_MOST, Comparison.NOT_EQUAL, Comparison.EQUAL);
        assertThat(http.expect().body().orElseThrow().pattern()).isEqualTo("ok|fine");
        assertThat(question("{tcp: \"127.0.0.1:{config:conf/a.properties:port}\"}"))
                .isInstanceOf(HealthQuestion.Tcp.class);
        assertThat(question("{command: [bin/check, --quick]}"))
                .isEqualTo(new HealthQuestion.Command(List.of("bin/check", "--quick")));
        assertThat(question("{log: \"Server startup in\"}")).isInstanceOf(HealthQuestion.Log.class);
    }

    private static HealthQuestion question(String health) {
        return parse(
                        SMALL
                                + "service: {run: [bin/a]}\n"
                                + "layout: {config: [conf/a.properties]}\nhealth: "
                                + health
                                + "\n")
                .health()
                .orElseThrow()
                .question();
    }

    @Test
    void knowsWhatIsConfigurationAndWhatIsData() {
        Layout layout = parse(FULL).layout();

        assertThat(layout.configOf("conf/server.xml").orElseThrow().format()).contains("xml");
        assertThat(layout.configOf("conf/sites/a/b.conf").orElseThrow().directory()).isTrue();
        assertThat(layout.configOf("conf/server.xml.bak")).isEmpty();
        assertThat(layout.isData("logs/today.log")).isTrue();
        assertThat(layout.isData("logsheet")).isFalse();
    }

    @Test
    void fillsPlaceholders() {
        HealthCheck health = parse(FULL).health().orElseThrow();

        String url =
                http(health)
                        .url()
                        .fill(
                                Version.of("3.5.1"),
                                wanted ->
                                        wanted.file().equals("conf/server.xml")
                                                        && wanted.key()
                                                                .equals(
                                                                        "/Server/Service/Connector[1]/@port")
                                                ? "8081"
                                                : "?");

        assertThat(url).isEqualTo("http://127.0.0.1:8081/health");
        assertThat(
                        http(health)
                                .expect()
                                .json()
                                .getFirst()
                                .value()
                                .fill(Version.of("3.5.1"), _ -> "?"))
                .isEqualTo("3.5.1");
    }

    @Test
    void printsAProblemLikeACompiler() {
        InvalidDescriptorException refused =
                refused(SMALL + "upgrade:\n  from: \">=3.2.0 garbage\"\n");

        assertThat(refused.getMessage())
                .contains(
                        """
                        release.yaml:5:9: upgrade.from: ">=3.2.0 garbage" is not a version range; \
                        write for example ">=3.2.0 <3.5.1"
                            from: ">=3.2.0 garbage"
                                  ^\
                        """);
        assertThat(refused.kind()).isEqualTo("release-invalid");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void reportsAllProblemsAtOnceInFileOrder() {
        List<YamlProblem> problems =
                problems("produkt: shop\nversion: 1.10\nlayout:\n  data: [../etc]\n");

        assertThat(problems)
                .extracting(YamlProblem::line, YamlProblem::column, YamlProblem::pointer)
                .containsExactlyInAnyOrder(
                        tuple(1, 1, "produkt"),
                        tuple(1, 1, ""),
                        tuple(1, 1, ""),
                        tuple(2, 10, "version"),
                        tuple(4, 10, "layout.data[0]"));
        assertThat(problems)
                .extracting(YamlProblem::fix)
                .contains("did you mean product?", "put it in quotes: \"1.10\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    requires: {disk: 900 MB}                            | requires.disk      | not a size
                    requires: {memory: much}                            | requires.memory    | not a size
                    requires: {commands: {node: new}}                   | requires.commands.node | not a version range
                    requires: {libc: {newlib: "*"}}                     | requires.libc      | no C library
                    secrets: [conf/none.properties]                     | secrets[0]         | no configuration file
                    requires: {ports: [0]}                              | requires.ports[0]  | must be a port
                    requires: {java: latest}                            | requires.java      | not a version range
                    requires: {facts: {a: [1]}}                         | requires.facts.a   | must be a plain value
                    upgrade: {required-stop: maybe}                     | upgrade.required-stop | must be true or false
                    upgrade: {conditions: [{risk: A, message: b}]}      | upgrade.conditions[0] | key when is missing
                    layout: {config: [/etc/passwd]}                     | layout.config[0]   | is absolute
                    layout: {config: [{path: a, format: yml}]}          | layout.config[0].format | is not known here
                    layout: {config: [conf/], data: [conf/db]}          | layout.data[0]     | overlaps
                    layout: {data: [.release/x]}                        | layout.data[0]     | belongs to Belay
                    layout: {data: ["a\\\\b"]}                          | layout.data[0]     | backslash
                    databases: [{name: m, engine: oracle, file: d}]     | databases[0].engine | is not known here
                    databases: [{name: m, engine: sqlite, file: d}]     | databases[0].file  | no data path
                    service: {run: []}                                  | service.run        | the list is empty
                    service: {user: shop}                               | service            | either run or systemd
                    service: {run: [a], systemd: b.service}             | service            | either run or systemd
                    service: {systemd: shop.timer}                      | service.systemd    | not a systemd service unit
                    service: {systemd: shop.service, user: shop}        | service            | are the unit's
                    service: {run: [a], stop-timeout: 30}               | service.stop-timeout | must be a text
                    service: {run: [a], environment: {1A: x}}           | service.environment | no name
                    health: {http: "ftp://x"}                           | health.http        | not an http or https URL
                    health: {http: "http://{port}/"}                    | health.http        | no placeholder
                    health: {http: "http://{config:a:b}/"}              | health.http        | no configuration file
                    health: {http: "http://x/", tcp: "x:1"}             | health             | only one thing
                    health: {tcp: "x"}                                  | health.tcp         | a host with a port
                    health: {log: "up"}                                 | health.log         | only what service.run
                    health: {log: "("}                                  | health.log         | regular expression
                    health: {tcp: "x:1", method: GET}                   | health.method      | belongs to http alone
                    health: {http: "http://x/", login: {user: a, password: b}} | health.login.password | not written here
                    health: {http: "http://x/", headers: {Host: b}}     | health.headers     | cannot be set
                    health: {http: "http://x/", within: 0s}             | health.within      | longer than zero
                    health: {http: "http://x/", consecutive: 0}         | health.consecutive | from 1 to 1000
                    health: {http: "http://x/", expect: {status: ok}}   | health.expect.status | from 100 to 599
                    config-migrations: [{file: a, remove: b}]           | config-migrations[0].file | no configuration file
                    config-migrations: [{file: a}]                      | config-migrations[0] | exactly one
                    hooks: {pre-flight: [a]}                            | hooks.pre-flight   | not known here
                    notes: docs/                                        | notes              | is a directory
                    layout: no                                          | layout             | must be a mapping
                    """)
    void refuses(String yaml, String pointer, String words) {
        assertThat(problems(SMALL + yaml + "\n"))
                .anySatisfy(problem -> {
                    assertThat(problem.pointer()).isEqualTo(pointer);
                    assertThat(problem.message()).contains(words);
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.fix()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a.txt | remove: b                          | merged by lines
                    a.xml | remove: b                          | no path to an attribute
                    a.xml | set-default: {/a/text(): 1}        | no path to an attribute
                    a.xml | rename: {from: /a/@x, to: /b/@x}   | within its element
                    """)
    void refusesMigrationsThatNoHostCanMake(String file, String migration, String words) {
        String yaml =
                SMALL
                        + "layout: {config: ["
                        + file
                        + "]}\nconfig-migrations:\n  - file: "
                        + file
                        + "\n    "
                        + migration
                        + "\n";
        assertThat(problems(yaml))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("config-migrations[0]");
                    assertThat(problem.message()).contains(words);
                });
    }

    @Test
    void acceptsMigrationsOfAttributes() {
        String yaml =
                SMALL
                        + "layout: {config: [a.xml]}\nconfig-migrations:\n"
                        + "  - file: a.xml\n    rename: {from: \"/a/b[@n='c']/@x\", to: \"/a/b[@n='c']/@y\"}\n";
        assertThat(parse(yaml).configMigrations()).hasSize(1);
    }

    @Test
    void shippedSchemaIsTheOneInForce() {
        // a document that our own reader accepts, checked by the schema alone
        assertThat(
                        ReleaseSchema.check(
                                YamlDocument.parse(bytes(FULL), "r").root().orElseThrow(),
                                List.of()))
                .isEmpty();
        assertThat(
                        ReleaseSchema.check(
                                YamlDocument.parse(
                                                bytes(SMALL + "layout: {config: [{path: 7}]}"), "r")
                                        .root()
                                        .orElseThrow(),
                                List.of()))
                .extracting(YamlProblem::pointer)
                .contains("layout.config[0].path");
    }

    @Test
    void braceWithoutItsPartnerIsNoTemplate() {
        assertThatThrownBy(() -> Template.parse("a}b")).hasMessageContaining("without its {");
        assertThatThrownBy(() -> Template.parse("{version")).hasMessageContaining("without its }");
        assertThat(Template.parse("plain").fill(Version.of("1"), _ -> "?")).isEqualTo("plain");
    }
}
