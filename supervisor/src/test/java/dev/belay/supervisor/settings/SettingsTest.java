package dev.belay.supervisor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.release.HealthCheck;
import dev.belay.versys.release.HealthQuestion;
import dev.belay.versys.release.Template;
import dev.belay.versys.version.Version;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String SMALL = "product: shop\nserver: http://127.0.0.1:8080\n";

    private static Settings parse(String yaml) {
        return Settings.parse(
                yaml.getBytes(StandardCharsets.UTF_8), "supervisor.yaml", "linux-amd64");
    }

    @Test
    void twoKeysAreEnough() {
        assertThat(parse(SMALL))
                .isEqualTo(
                        new Settings(
                                "shop",
                                URI.create("http://127.0.0.1:8080"),
                                "stable",
                                "linux-amd64",
                                new Settings.Agent("127.0.0.1", 7480, Duration.ofHours(6)),
                                new Settings.Backups(
                                        Settings.Limits.keep(3),
                                        Settings.Limits.keep(3),
                                        Settings.Limits.NONE,
                                        Optional.empty()),
                                Optional.empty(),
                                RollbackPolicy.ASK,
                                ChainPolicy.STOP,
                                new Settings.ServiceOverrides(Optional.empty(), Map.of()),
                                Settings.HealthOverrides.NONE,
                                Map.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true));
    }

    @Test
    void aHostMayAskForHealthInItsOwnWay() {
        HealthCheck declared =
                HealthCheck.of(
                        new HealthQuestion.Http(
                                Template.parse("http://a/"),
                                "GET",
                                Map.of(),
                                Optional.empty(),
                                HealthQuestion.Expectation.DEFAULT));
        Settings.HealthOverrides expects =
                parse(SMALL + "health: {within: 3m, expect: {status: [200, 302]}}\n").health();
        HealthCheck check = expects.over(Optional.of(declared)).orElseThrow();
        assertThat(check.within()).isEqualTo(Duration.ofMinutes(3));
        assertThat(((HealthQuestion.Http) check.question()).expect().statuses())
                .containsExactly(200, 302);
        Settings.HealthOverrides asks = parse(SMALL + "health: {tcp: \"127.0.0.1:80\"}\n").health();
        assertThat(asks.over(Optional.of(declared)).orElseThrow().question())
                .isEqualTo(new HealthQuestion.Tcp(Template.parse("127.0.0.1:80")));
        assertThat(asks.over(Optional.empty())).isPresent();
        assertThat(Settings.HealthOverrides.NONE.over(Optional.empty())).isEmpty();
    }

    @Test
    void readsEveryKey() {
        Settings settings =
                parse(
                        SMALL
                                + """
                                channel: beta
                                platform: linux-arm64
                                agent: {listen: "[::1]:0", poll: 10m}
                                backups: {keep: 7, directory: /var/backups/shop, set-aside: {age: 30d, size: 20GB}}
                                download: {floor-speed: 50kB/s}
                                service: {user: web, environment: {JAVA_HOME: /opt/java, DEBUG: 1}}
                                rollback: hold
                                health: {within: 3m}
                                facts: {db.engine: mysql, cores: 2}
                                accepted-risks: [SlowIndexBuild]
                                pin: 3.5.1
                                policy: every-minor
                                wariness: 0.25
                                host-id: shop-01
                                report: false
                                """);

        assertThat(settings.channel()).isEqualTo("beta");
        assertThat(settings.platform()).isEqualTo("linux-arm64");
        assertThat(settings.agent())
                .isEqualTo(new Settings.Agent("[::1]", 0, Duration.ofMinutes(10)));
        assertThat(settings.backups())
                .isEqualTo(
                        new Settings.Backups(
                                Settings.Limits.keep(7),
                                new Settings.Limits(
                                        Optional.empty(),
                                        Optional.of(Duration.ofDays(30)),
                                        Optional.of(20_000_000_000L)),
                                Settings.Limits.NONE,
                                Optional.of("/var/backups/shop")));
        assertThat(settings.floorSpeed()).contains(50_000L);
        assertThat(settings.service().user()).contains("web");
        assertThat(settings.service().environment())
                .isEqualTo(Map.of("JAVA_HOME", "/opt/java", "DEBUG", "1"));
        assertThat(settings.health().within()).contains(Duration.ofMinutes(3));
        assertThat(settings.facts()).isEqualTo(Map.of("db.engine", "mysql", "cores", "2"));
        assertThat(settings.acceptedRisks()).containsExactly("SlowIndexBuild");
        assertThat(settings.pin()).contains(Version.of("3.5.1"));
        assertThat(settings.policy()).contains(PlanPolicy.EVERY_MINOR);
        assertThat(settings.wariness()).contains(0.25);
        assertThat(settings.hostId()).contains("shop-01");
        assertThat(settings.report()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    chanel: beta                      | 3:1  | did you mean channel?
                    agent: {listen: "0.0.0.0:80"}     | 3:17 | not a loopback address
                    agent: {listen: "127.0.0.1:99999"} | 3:17 | not a loopback address
                    agent: {poll: 9ms}                | 3:15 | polling more often
                    agent: {pol: 1h}                  | 3:9  | did you mean poll?
                    backups: {keep: 0}                | 3:17 | from 1 to 1000
                    backups: 3                        | 3:10 | must be a mapping
                    download: {floor-speed: 0B/s}     | 3:25 | not a speed from 100B/s to 100MB/s
                    download: {floor-speed: -5kB/s}   | 3:25 | not a speed from 100B/s to 100MB/s
                    download: {floor-speed: 9TB/s}    | 3:25 | not a speed from 100B/s to 100MB/s
                    download: {floor-speed: 50kB}     | 3:25 | write for example 50kB/s
                    download: {floor-speed: 50}       | 3:25 | put it in quotes
                    download: {floor: 50kB/s}         | 3:12 | known are floor-speed
                    service: {environment: {1A: b}}   | 3:24 | no name of an environment
                    health: {within: 0s}              | 3:18 | longer than zero
                    policy: fastest                   | 3:9  | not a policy
                    wariness: 1.5                     | 3:11 | is not a number from 0
                    pin: "a b"                        | 3:6  | not a version
                    host-id: "a/b"                    | 3:10 | not an id
                    report: maybe                     | 3:9  | true or false
                    accepted-risks: all               | 3:17 | must be a list
                    server: ftp://x                   | 3:1  | there twice
                    """)
    void refuses(String line, String place, String words) {
        InvalidSettingsException refused =
                catchThrowableOfType(
                        InvalidSettingsException.class, () -> parse(SMALL + line + "\n"));
        assertThat(refused.getMessage())
                .contains("supervisor.yaml:" + place + ": ")
                .contains(words)
                .contains("Nothing was changed.");
        assertThat(refused.kind()).isEqualTo("settings-invalid");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"ftp://x", "http://u:p@x/", "http://x/?q=1", "'http://a b'", "updates.example.org"})
    void refusesAServerThatIsNoPlainWebAddress(String server) {
        InvalidSettingsException refused =
                catchThrowableOfType(
                        InvalidSettingsException.class,
                        () -> parse("product: shop\nserver: \"" + server + "\"\n"));
        assertThat(refused.problems())
                .singleElement()
                .satisfies(it -> assertThat(it.pointer()).isEqualTo("server"));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,linux-amd64",
        "Linux,aarch64,linux-arm64",
        "Mac OS X,x86_64,macos-amd64",
        "Windows 11,amd64,windows-amd64"
    })
    void namesPlatformsAsReleasesDo(String os, String arch, String platform) {
        assertThat(Platform.named(os, arch)).isEqualTo(platform);
    }

    @Test
    void defaultPlatformIsThisHosts() {
        assertThat(Settings.parse(SMALL.getBytes(StandardCharsets.UTF_8), "s").platform())
                .isEqualTo(Platform.current());
    }
}
