package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that takes requests and does not answer: real commands, a real product. Whatever waits
/// for it keeps nobody from working on the host.
@Tag("slow")
class HungServerTest {
    @TempDir Path directory;
    private VendorSite site;
    private ShopHost host;
    private final List<Process> waiting = new ArrayList<>();

    @BeforeEach
    void aHostWithAReleaseToGoBackToAndOneToGoTo() throws Exception {
        site = new VendorSite(directory.resolve("site"));
        site.publish("1.0.0", "none", "ok");
        host = ShopHost.of(site, directory.resolve("home"));
        host.start();
        site.publish("2.0.0", "1.0.0", "ok");
        supervisor(ExitCode.DONE, "update", "--yes");
        site.publish("3.0.0", ">=1.0.0 <3.0.0", "ok");
    }

    @AfterEach
    void endEverything() throws Exception {
        site.standstill().end();
        for (Process process : waiting) {
            SupervisorCommand.kill(process);
        }
        host.stop();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp.json", "shop-3.0.0-any.tgz"})
    void whileAnUpdateWaitsTheProductIsStoppedStartedAndPutBack(String file) throws Exception {
        site.standstill().begin(file);
        Process update = start("update", "--yes");
        site.standstill().awaitRequest();

        assertThat(supervisor(ExitCode.DONE, "status")).contains("state:     idle");
        supervisor(ExitCode.DONE, "stop");
        assertThat(host.product().status().running()).isFalse();
        supervisor(ExitCode.DONE, "start");
        supervisor(ExitCode.DONE, "backup", "create");
        supervisor(ExitCode.DONE, "rollback", "--yes");
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(update.isAlive()).as(log()).isTrue();

        site.standstill().end();
        assertThat(update.waitFor(2, TimeUnit.MINUTES)).isTrue();
        // what was looked at before the way back counts no more
        boolean downloading = file.startsWith("shop");
        assertThat(update.exitValue())
                .as(log())
                .isEqualTo((downloading ? ExitCode.REFUSED : ExitCode.DONE).status());
        assertThat(host.get("/health")).contains(downloading ? "1.0.0" : "3.0.0");
        assertThat(log()).contains(downloading ? "1.0.0 is installed now, no longer 2.0.0" : "");
        supervisor(ExitCode.DONE, "update", "--yes");
        assertThat(host.get("/health")).contains("3.0.0");
    }

    @Test
    void aCheckThatWaitsKeepsNobodyAway() throws Exception {
        site.standstill().begin("timestamp.json");
        start("check");
        site.standstill().awaitRequest();
        supervisor(ExitCode.DONE, "stop");
        supervisor(ExitCode.DONE, "start");
    }

    @Test
    void twoThatFetchTheSameReleaseAtOnceDoNotDamageIt() throws Exception {
        site.standstill().begin("shop-3.0.0-any.tgz");
        Process one = start("update", "--dry-run");
        site.standstill().awaitRequest();
        Process other = start("update", "--dry-run");
        Process third = start("update", "--dry-run");
        site.standstill().end();
        for (Process process : List.of(one, other, third)) {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(log()).isZero();
        }
        assertThat(host.home().has(Version.of("3.0.0"))).isTrue();
        supervisor(ExitCode.DONE, "update", "--yes");
        assertThat(host.get("/health")).contains("3.0.0");
    }

    @Test
    void aReportThatNobodyTakesKeepsNobodyAway() throws Exception {
        site.standstill().begin("/reports");
        Process update = start("update", "--yes");
        site.standstill().awaitRequest();
        supervisor(ExitCode.DONE, "stop");
        supervisor(ExitCode.DONE, "start");
        assertThat(update.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(update.exitValue()).as(log()).isZero();
    }

    private Process start(String... words) throws Exception {
        Process process = SupervisorCommand.start(directory.resolve("log"), withHome(words));
        waiting.add(process);
        return process;
    }

    private String supervisor(ExitCode status, String... words) throws Exception {
        SupervisorCommand ended = SupervisorCommand.run(withHome(words));
        assertThat(ended.status())
                .as("%s: %s", String.join(" ", words), ended.output())
                .isEqualTo(status.status());
        return ended.output();
    }

    private String log() throws Exception {
        return Files.readString(directory.resolve("log"));
    }

    private String[] withHome(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--home=" + host.home().root()))
                .toArray(String[]::new);
    }
}
