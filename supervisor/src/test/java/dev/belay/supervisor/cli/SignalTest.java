package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C and SIGTERM, sent to real commands in every phase of an update.
@Tag("slow")
class SignalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path directory;
    private VendorSite site;
    private ShopHost host;
    private Path log;

    /// Ended by the terminal, or by `kill`.
    private enum Signal {
        INT(130),
        TERM(143);

        private final int status;

        Signal(int status) {
            this.status = status;
        }
    }

    @BeforeEach
    void aHostWithAReleaseToGoTo() throws Exception {
        log = directory.resolve("log");
        site = new VendorSite(directory.resolve("site"));
        site.publish("1.0.0", "none", "ok");
        host = ShopHost.of(site, directory.resolve("home"));
        host.start();
    }

    @AfterEach
    void endEverything() {
        host.stop();
        site.close();
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void aLookAtAServerThatDoesNotAnswerEnds(Signal signal) throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        site.standstill().begin("timestamp.json");
        endsUnchanged(signal, site.standstill()::awaitRequest);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void aDownloadThatDripsEndsAndNeverGoesOnToStopTheProduct(Signal signal) throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        site.drip("shop-2.0.0-any.tgz");
        endsUnchanged(signal, () -> awaitEvent("\"event\":\"progress\""));
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void aPreflightThatHangsEndsWithItsChildren(Signal signal) throws Exception {
        site.publish("2.0.0", "1.0.0", "slow-preflight");
        Path asked = host.home().root().resolve("releases/2.0.0/work/preflights");
        endsUnchanged(signal, () -> await().atMost(PATIENCE).until(() -> Files.exists(asked)));
    }

    @Test
    void anUnpackingEnds() throws Exception {
        site.publish("2.0.0", "1.0.0", "slow-preflight");
        endsUnchanged(Signal.TERM, () -> awaitEvent("\"step\":\"unpack\""));
    }

    @Test
    void aQuestionAtATerminalEnds() throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        Process terminal =
                new ProcessBuilder(
                                "script",
                                "--quiet",
                                "--flush",
                                "--return",
                                "--command",
                                String.join(" ", withDefaultSignals("update")),
                                log.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("screen").toFile())
                        .start();
        await().atMost(PATIENCE).until(() -> said().contains("Go ahead?"));
        terminal.getOutputStream().write(3); // Ctrl-C
        terminal.getOutputStream().flush();
        assertThat(terminal.waitFor(20, TimeUnit.SECONDS)).as(said()).isTrue();
        assertThat(terminal.exitValue()).as(said()).isEqualTo(Signal.INT.status);
        assertThat(host.get("/health")).contains("1.0.0");
        supervisor(ExitCode.DONE, "update", "--yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"back-up", "migrate", "health"})
    void aHopIsPutBackAndTheExitCodeSaysSo(String step) throws Exception {
        host.visit(2);
        SortedMap<String, String> before = host.image();
        site.publish("2.0.0", "1.0.0", "no-port");
        Process update = start();
        awaitEvent("\"step\":\"" + step + "\"");
        send(Signal.TERM, update);
        assertThat(update.waitFor(2, TimeUnit.MINUTES)).as(said()).isTrue();
        assertThat(update.exitValue()).as(said()).isEqualTo(ExitCode.FAILED.status());
        assertThat(said()).contains("asked to stop");
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.image()).isEqualTo(before);
        assertThat(supervisor(ExitCode.DONE, "status"))
                .contains("state:     idle")
                .doesNotContain("rejected:");
    }

    /// What makes the moment come.
    private interface Moment {
        void await() throws Exception;
    }

    private void endsUnchanged(Signal signal, Moment moment) throws Exception {
        SortedMap<String, String> before = host.image();
        String product = host.product().status().words();
        Process update = start();
        moment.await();
        send(signal, update);

        assertThat(update.waitFor(20, TimeUnit.SECONDS)).as(said()).isTrue();
        assertThat(update.exitValue()).as(said()).isEqualTo(signal.status);
        assertThat(said()).contains("Nothing was changed").doesNotContain("\tat ", "WARNING");
        assertThat(events()).doesNotContain("\"step\":\"stop\"");
        assertThat(orphans()).isEmpty();
        assertThat(host.image()).isEqualTo(before);
        assertThat(host.product().status().words()).isEqualTo(product);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(supervisor(ExitCode.DONE, "status")).contains("state:     idle");

        site.standstill().end();
        site.drip("");
        site.publish("2.0.1", "1.0.0", "ok");
        supervisor(ExitCode.DONE, "update", "--yes");
        assertThat(host.get("/health")).contains("2.0.1");
    }

    private static Stream<ProcessHandle> orphans() {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        Arrays.asList(process.info().arguments().orElse(new String[0]))
                                .contains(ShopVendor.SLOW_PREFLIGHT));
    }

    private void awaitEvent(String part) {
        await().atMost(PATIENCE)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> events().contains(part));
    }

    private String events() throws IOException {
        Path events = host.home().events();
        return Files.exists(events) ? Files.readString(events) : "";
    }

    private String said() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private Process start() throws IOException {
        return new ProcessBuilder(withDefaultSignals("update", "--yes"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /// Whoever runs the tests may have told them to ignore Ctrl-C.
    private String[] withDefaultSignals(String... words) {
        return Stream.concat(
                        Stream.of("env", "--default-signal=INT"),
                        SupervisorCommand.line(withHome(words)).stream())
                .toArray(String[]::new);
    }

    private static void send(Signal signal, Process process) throws Exception {
        int sent =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(sent).isZero();
    }

    private String supervisor(ExitCode status, String... words) throws Exception {
        SupervisorCommand ended = SupervisorCommand.run(withHome(words));
        assertThat(ended.status())
                .as("%s: %s", String.join(" ", words), ended.output())
                .isEqualTo(status.status());
        return ended.output();
    }

    private String[] withHome(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--home=" + host.home().root()))
                .toArray(String[]::new);
    }
}
