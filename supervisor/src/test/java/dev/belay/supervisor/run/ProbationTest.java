package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbationTest {
    @TempDir Path directory;
    private ShopVendor vendor;
    private ShopHost host;

    @BeforeEach
    void aReleaseOnProbation() throws Exception {
        vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        vendor.release("2.0.0", "1.0.0", "ok", "  probation: 10m\n");
        host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
        host.install("1.0.0");
        host.start();
        host.visit(1);
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
    }

    @AfterEach
    void nothingIsLeftRunning() {
        host.stop();
    }

    @Test
    void whatIsIllIsLeftWithWhatItWroteSetAsideWherePolicyAllows() throws Exception {
        set("rollback: auto\n");
        host.visit(2);
        HostStatus before = host.updates().status();
        assertThat(before.probationUntil()).isAfter(last().at());

        Outcome outcome = fail("it answered 500");

        assertThat(outcome).isInstanceOf(Outcome.WentBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.rows()).contains("1 somebody").doesNotContain("2 somebody");
        assertThat(outcome.message()).contains("kept as backup");
        HostStatus after = host.updates().status();
        assertThat(after.probationUntil()).isNull();
        assertThat(after.rejected())
                .singleElement()
                .extracting(RejectedRelease::version, RejectedRelease::kind)
                .containsExactly(Version.of("2.0.0"), "probation-failed");
        assertThat(after.rejected().getFirst().reason()).contains("it answered 500");
        assertThat(failures()).hasSize(1);
        assertThat(reports(host.home())).contains("probation-failed");
        assertThat(host.updates().history().getFirst().to()).hasToString("1.0.0");
    }

    @Test
    void whatWasWrittenIsNotGivenUpUnasked() throws Exception {
        host.visit(2);

        Outcome outcome = fail("it answered 500");

        assertThat(outcome).isInstanceOf(Outcome.NotRolledBack.class);
        assertThat(outcome.message())
                .contains("2.0.0 did not pass its probation: it answered 500")
                .contains("It was not left");
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(host.rows()).contains("3 somebody");
        assertThat(host.updates().status().rejected()).isEmpty();
        assertThat(last().kind()).isEqualTo("probation-failed");
        assertThat(last().message()).contains("it answered 500");
        assertThat(reports(host.home())).contains("probation-failed");
        assertThat(fail("again")).isInstanceOf(Outcome.NothingToDo.class);
        assertThat(failures()).hasSize(1);
    }

    @Test
    void aPersonCanWantToDecide() throws Exception {
        set("rollback: hold\n");
        assertThat(fail("it answered 500")).isInstanceOf(Outcome.NotRolledBack.class);
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void theAdminSaysHowLongItIs() throws Exception {
        set("health: {probation: 0s}\n");
        assertThat(host.updates().status().probationUntil()).isNull();
        assertThat(fail("it answered 500")).isInstanceOf(Outcome.NothingToDo.class);
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void whatIsAboutAnotherUpdateIsNotListenedTo() {
        assertThat(host.updates().failProbation("t-0", "it is ill", EventListener.NONE))
                .isInstanceOf(Outcome.NothingToDo.class);
        assertThat(failures()).isEmpty();
    }

    private Outcome fail(String why) {
        return host.updates().failProbation(last().transaction(), why, EventListener.NONE);
    }

    private HostStatus.LastRun last() {
        HostStatus.LastRun last = host.updates().status().last();
        if (last == null) {
            throw new AssertionError("there was a run");
        }
        return last;
    }

    private List<Event> failures() {
        return new EventLog(host.home().events())
                .read().stream().filter(Event.ProbationFailed.class::isInstance).toList();
    }

    private void set(String yaml) throws IOException {
        Files.writeString(host.home().settings(), Files.readString(host.home().settings()) + yaml);
    }

    private static String reports(Home home) throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(home.outbox())) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
